import { randomUUID } from 'node:crypto'
import type { AccountId, ShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { whileItWaits } from '../testing/blocked-rows.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { dyingDeps } from '../testing/dying-deps.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeSoldShow } from '../testing/make-sold-show.ts'
import { balanceOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { admitTicket, listTickets } from '../tickets/index.ts'
import { finishText } from './cancellation-store.ts'
import { cancelShow, continueCancellation, listCancellations, retryCancellation } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const reason = 'the hall has no power'

const cancel = (showId: ShowId) => cancelShow(deps, { showId, operatorId, reason })

/** Postgres may hold the locks of the dead for a moment longer, and what is locked is passed over until then. */
async function finish(showId: ShowId): Promise<void> {
  await expect
    .poll(() => continueCancellation(deps, { showId }), { timeout: 20_000 })
    .toEqual({ isFinished: true })
}

async function expectAllBack(buyers: readonly { fanId: AccountId }[]): Promise<void> {
  for (const { fanId } of buyers) expect(await balanceOf(deps, fanId)).toBe(100_000)
}

const countByStatus = async (showId: ShowId): Promise<unknown> =>
  (
    await deps.db.pool.query(
      'select status, count(*)::int as count from seats where show_id = $1 group by 1 order by 1',
      [showId],
    )
  ).rows

test('everything paid goes back once, tickets void, seats off sale, and the progress says so', async () => {
  const { show, buyers } = await makeSoldShow(deps, 25)
  const [guest] = buyers
  if (guest === undefined) throw new Error('somebody bought')
  const [used] = await listTickets(deps, guest.fanId)
  await admitTicket(deps, { operatorId, code: used?.code ?? '' })
  await cancel(show.showId)
  await finish(show.showId)
  await finish(show.showId)
  await expectAllBack(buyers)
  expect(await countByStatus(show.showId)).toEqual([{ status: 'blocked', count: 56 }])
  expect((await listTickets(deps, guest.fanId)).map(({ state }) => state)).toEqual(['VOID', 'VOID'])
  const [told] = await listCancellations(deps, show)
  expect(told).toMatchObject({ total: 25, refunded: 25, failed: 0, refundedMinor: 500_000, failures: [] })
  expect(told?.finishedAtMs).not.toBeNull()
  expect(await checkLedger(deps)).toEqual([])
})

test('two workers, four times, and fans who ask for themselves at the same moment: once each', async () => {
  const { show, buyers } = await makeSoldShow(deps, 24)
  await cancel(show.showId)
  await Promise.allSettled([
    ...Array.from({ length: 4 }, () => continueCancellation(deps, show)),
    ...buyers.slice(0, 8).map((buyer) => refund(deps, { ...buyer, idempotencyKey: randomUUID() })),
  ])
  await finish(show.showId)
  await expectAllBack(buyers)
  expect(await checkLedger(deps)).toEqual([])
})

test('a gate that admits while the show is cancelled: the ticket was used or refused, and the money is back once', async () => {
  const { show, buyers } = await makeSoldShow(deps, 6)
  const codes = await Promise.all(buyers.map(async ({ fanId }) => (await listTickets(deps, fanId))[0]?.code))
  await Promise.allSettled([
    ...codes.map((code) => admitTicket(deps, { operatorId, code: code ?? '' })),
    cancel(show.showId).then(() => continueCancellation(deps, show)),
  ])
  await finish(show.showId)
  await expectAllBack(buyers)
  expect(await checkLedger(deps)).toEqual([])
})

test('a worker that dies before any of its statements loses nothing and pays nothing twice', async () => {
  const sold = await makeSoldShow(deps, 1)
  await cancel(sold.show.showId)
  const counted = dyingDeps(deps, Number.POSITIVE_INFINITY)
  await continueCancellation(counted.deps, sold.show)
  expect(counted.statements()).toBeGreaterThan(15)
  for (let after = 0; after < counted.statements(); after += 1) {
    const { show, buyers } = await makeSoldShow(deps, 1)
    await cancel(show.showId)
    // those of the relay count too, so the last few may be one more or less
    await Promise.allSettled([continueCancellation(dyingDeps(deps, after).deps, show)])
    const [told] = await listCancellations(deps, show)
    const paid = await Promise.all(buyers.map(({ reservationId }) => stateOf(deps, reservationId)))
    // what the list says was given back is what was, at each moment of its death
    expect(told?.refunded, `after ${after}`).toBe(paid.filter((state) => state === 'REFUNDED').length)
    await finish(show.showId)
    await expectAllBack(buyers)
  }
  expect(await checkLedger(deps)).toEqual([])
}, 60_000)

test('a payment that was under way when the show was cancelled is given back too, and it is not finished before', async () => {
  const { show } = await makeSoldShow(deps, 1)
  const fanId = await makeRichFan(deps, 100_000)
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 4) })
  const row = { text: 'select from seats where id = $1 for update', values: [show.seatIds[2]] }
  const paying = () => pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() })
  const { outcome, found } = await whileItWaits(deps, row, paying, async () => {
    await cancel(show.showId)
    return await continueCancellation(deps, show)
  })
  expect(outcome.status).toBe('fulfilled')
  expect(found).toEqual({ isFinished: false })
  expect(await stateOf(deps, held)).toBe('PAID')
  await finish(show.showId)
  expect(await stateOf(deps, held)).toBe('REFUNDED')
  expect(await balanceOf(deps, fanId)).toBe(100_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('guard off: finished while seats are not off sale, a fan has paid for a show that is over and done with', async () => {
  const { show } = await makeSoldShow(deps, 1)
  const fanId = await makeRichFan(deps, 100_000)
  const held = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 4) })
  const unguarded = textWithout(finishText, {
    "and not exists (select from seats where show_id = $1 and status <> 'blocked')": '',
  })
  const row = { text: 'select from seats where id = $1 for update', values: [show.seatIds[2]] }
  const paying = () => pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() })
  await whileItWaits(deps, row, paying, async () => {
    await cancel(show.showId)
    await continueCancellation(deps, show)
    await deps.db.pool.query(unguarded, [show.showId])
  })
  expect(await balanceOf(deps, fanId)).toBe(80_000)
  expect(await checkLedger(deps)).toContainEqual(
    expect.objectContaining({ oracle: 'cancelled-show-is-given-back', showId: show.showId }),
  )
  await asOwner(deps, (tx) =>
    tx.query('update cancellations set finished_at = null where show_id = $1', [show.showId]),
  )
  await finish(show.showId)
  expect(await checkLedger(deps)).toEqual([])
})

test('what cannot be given back is told with its reason, is in the way of no other, and is tried again', async () => {
  const { show, buyers } = await makeSoldShow(deps, 3)
  const [broken, ...others] = buyers
  if (broken === undefined) throw new Error('somebody bought')
  const count = (change: number) =>
    deps.db.pool.query(
      'update fan_seat_counts set seat_count = seat_count + $3 where show_id = $1 and fan_id = $2',
      [show.showId, broken.fanId, change],
    )
  await count(-2)
  await cancel(show.showId)
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(await continueCancellation(deps, show)).toEqual({ isFinished: false })
    await expectAllBack(others)
    const [told] = await listCancellations(deps, show)
    expect(told).toMatchObject({ total: 3, refunded: 2, failed: attempt === 5 ? 1 : 0, finishedAtMs: null })
    const failure = { reservationId: broken.reservationId, attempts: attempt, isGivenUp: attempt === 5 }
    expect(told?.failures).toMatchObject([failure])
    expect(told?.failures[0]?.reason).toContain('fan_seat_limit')
    await deps.db.pool.query('update cancellation_refunds set next_attempt_at = now() where show_id = $1', [
      show.showId,
    ])
  }
  await count(2)
  await continueCancellation(deps, show)
  expect(await balanceOf(deps, broken.fanId)).toBe(80_000)
  expect(await retryCancellation(deps, { showId: show.showId, operatorId })).toMatchObject({ failed: 0 })
  await finish(show.showId)
  await expectAllBack(buyers)
  expect(await checkLedger(deps)).toEqual([])
})
