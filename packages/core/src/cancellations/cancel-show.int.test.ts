import { randomUUID } from 'node:crypto'
import { type ErrorCode, showId as toShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { resumeSale } from '../invariants/index.ts'
import { pay, refund } from '../payments/index.ts'
import { jobs, openQueue } from '../platform/jobs.ts'
import { listReservations } from '../reservations/index.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { makeSoldShow } from '../testing/make-sold-show.ts'
import { balanceOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, listTickets } from '../tickets/index.ts'
import { cancelShow, listCancellations, sweepCancellations } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const lost = /terminat|connection/i
const reason = 'the singer is ill'
const refused = { code: 'SALE_STOPPED' satisfies ErrorCode, details: { reason: 'cancelled' } }

async function overrideOf(concertId: number): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select override from lines where concert_id = $1', [concertId])
  return rows[0]?.override
}

test('a show that is cancelled sells nothing from that moment on, its holds are over, and its other dates go on', async () => {
  const { show, buyers } = await makeSoldShow(deps, 1)
  const otherDate = await addShow(deps, show.concertId)
  const fanId = await makeRichFan(deps)
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(4, 6) })
  const told = await cancelShow(deps, { showId: show.showId, operatorId, reason })
  expect(told).toMatchObject({ showId: show.showId, reason, finishedAtMs: null, refunded: 0, failed: 0 })

  await expect(holdInside(deps, fanId, show, 7)).rejects.toMatchObject(refused)
  await expect(
    pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() }),
  ).rejects.toMatchObject({ code: 'HOLD_ENDED' })
  expect(await stateOf(deps, held)).toBe('RELEASED')
  await holdInside(deps, fanId, otherDate, 0)

  const [buyer] = buyers
  if (buyer === undefined) throw new Error('somebody bought')
  const [ticket] = await listTickets(deps, buyer.fanId)
  expect(ticket).toMatchObject({ state: 'VALID', isCancelled: true })
  await expect(admitTicket(deps, { operatorId, code: ticket?.code ?? '' })).rejects.toMatchObject({
    code: 'TICKET_VOID' satisfies ErrorCode,
  })
  expect(await listReservations(deps, buyer.fanId)).toMatchObject([{ state: 'PAID', isCancelled: true }])
  expect(await overrideOf(show.concertId)).toBeNull()
  expect(await checkLedger(deps)).toEqual([])
})

test('it is told once, audited once with the reason, and keeps its first reason', async () => {
  const { show } = await makeSoldShow(deps, 1)
  const wish = { showId: show.showId, operatorId, reason }
  const row = { text: 'select from shows where id = $1 for update', values: [show.showId] }
  const both = await meetInOrder(deps, row, [() => cancelShow(deps, wish), () => cancelShow(deps, wish)])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  await cancelShow(deps, { showId: show.showId, operatorId, reason: 'another reason' })
  const audited = (await listAudit(deps)).filter(({ target }) => target === `show ${show.showId}`)
  expect(audited).toMatchObject([
    { action: 'show.cancel', before: { stoppedBy: null }, after: { stoppedBy: 'cancelled', reason } },
  ])
  const { rows } = await deps.db.pool.query(
    "select data from events where type = 'show.cancelled' and (data->>'showId')::bigint = $1",
    [show.showId],
  )
  expect(rows).toMatchObject([{ data: { showId: show.showId, concertId: show.concertId } }])
  expect(await listCancellations(deps, show)).toMatchObject([{ reason }])
})

test('the line closes when no show of the concert is left, also when the last two are cancelled at once', async () => {
  const first = await makeShow(deps)
  const second = await addShow(deps, first.concertId)
  const third = await addShow(deps, first.concertId)
  await cancelShow(deps, { showId: first.showId, operatorId, reason })
  expect(await overrideOf(first.concertId)).toBeNull()
  const row = { text: 'select from lines where concert_id = $1 for update', values: [first.concertId] }
  const both = [second, third].map(
    ({ showId }) =>
      () =>
        cancelShow(deps, { showId, operatorId, reason }),
  )
  await meetInOrder(deps, row, both)
  expect(await overrideOf(first.concertId)).toBe('closed')
})

test('a date that is over keeps no line open when the last of those to come is cancelled', async () => {
  const past = await makeShow(deps)
  const last = await addShow(deps, past.concertId)
  await deps.db.pool.query("update shows set starts_at = now() - interval '1 day' where id = $1", [
    past.showId,
  ])
  await cancelShow(deps, { showId: last.showId, operatorId, reason })
  expect(await overrideOf(past.concertId)).toBe('closed')
})

test('no operator lets a cancelled show sell again', async () => {
  const { show } = await makeSoldShow(deps, 1)
  await cancelShow(deps, { showId: show.showId, operatorId, reason })
  await expect(resumeSale(deps, { showId: show.showId, stopIds: [], operatorId })).rejects.toMatchObject(
    refused,
  )
})

test('a fan need not wait for the job: the refund by themselves works, also once the show has begun', async () => {
  const { show, buyers } = await makeSoldShow(deps, 1)
  const [buyer] = buyers
  if (buyer === undefined) throw new Error('somebody bought')
  await cancelShow(deps, { showId: show.showId, operatorId, reason })
  await deps.db.pool.query('update shows set starts_at = now() where id = $1', [show.showId])
  await refund(deps, { ...buyer, idempotencyKey: randomUUID() })
  expect(await balanceOf(deps, buyer.fanId)).toBe(100_000)
  const { rows } = await deps.db.pool.query('select distinct status from seats where id = any($1)', [
    show.seatIds.slice(0, 2),
  ])
  expect(rows).toEqual([{ status: 'blocked' }])
  expect(await checkLedger(deps)).toEqual([])
})

test('a process that dies before any statement has cancelled nothing, and the same again does', async () => {
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  const { show } = await makeSoldShow(deps, 1)
  await cancelShow(counted.deps, { showId: show.showId, operatorId, reason })
  for (let statement = 1; statement <= counted.statements(); statement += 1) {
    const sold = await makeSoldShow(deps, 1)
    const wish = { showId: sold.show.showId, operatorId, reason }
    await expect(cancelShow(breakingDeps(deps, { before: statement }).deps, wish)).rejects.toThrow(lost)
    expect(await listCancellations(deps, sold.show), `statement ${statement}`).toEqual([])
    expect(await overrideOf(sold.show.concertId)).toBeNull()
    expect(await cancelShow(deps, wish)).toMatchObject({ total: 0 })
  }
  expect(await checkLedger(deps)).toEqual([])
})

test('a job that was lost is brought back by the sweep, one for each show, until there is nothing left', async () => {
  const { show } = await makeSoldShow(deps, 1)
  await cancelShow(deps, { showId: show.showId, operatorId, reason })
  const queue = openQueue(deps.redis, 'refunds')
  const jobsOf = async (): Promise<unknown[]> =>
    (await queue.getJobs(['waiting', 'delayed'])).filter(
      ({ name, data }) => name === jobs.refundCancelledShow.name && data.showId === show.showId,
    )
  expect(await jobsOf()).toHaveLength(1)
  await queue.obliterate({ force: true })
  expect(await jobsOf()).toHaveLength(0)
  await emptyRedis(deps)
  await sweepCancellations(deps)
  await sweepCancellations(deps)
  expect(await jobsOf()).toHaveLength(1)
})

test('an unknown show is NOT_FOUND', async () => {
  const unknown = { showId: toShowId.parse(999_999), operatorId, reason }
  await expect(cancelShow(deps, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
