import { randomUUID } from 'node:crypto'
import { webhookEvent } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { inTransaction } from '../platform/database.ts'
import { expireReservations, releaseReservation } from '../reservations/index.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { lapseHold } from '../testing/hold-inside.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { eventColumns } from './event-store.ts'
import { recordEvents } from './index.ts'

const deps = await createTestDeps()
const show = await makeShow(deps, { seatCount: 100, priceMinor: 30_000 })
let nextSeat = 0
const hold = async (fanId: Awaited<ReturnType<typeof makeRichFan>>) =>
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(nextSeat, (nextSeat += 2)) })

/** The events about a fan, as their receivers read them; one that breaks the contract fails the test. */
async function eventsOf(fanId: number): Promise<unknown[]> {
  const { rows } = await deps.db.pool.query(
    `select ${eventColumns} from events where data ->> 'fanId' = $1 order by id`,
    [String(fanId)],
  )
  return rows.map((row) => webhookEvent.parse(row))
}

test('a payment says of each reservation what was paid, a refund what was given back, and no row says more than the contract', async () => {
  const fanId = await makeRichFan(deps, 500_000)
  const reservationIds = [await hold(fanId), await hold(fanId)]
  const input = { fanId, reservationIds, idempotencyKey: randomUUID() }
  const { paymentId, paidAtMs } = await pay(deps, input)
  await pay(deps, input)
  const [first, second] = reservationIds
  if (first === undefined) throw new Error('nothing was held')
  const { refundedAtMs } = await refund(deps, { fanId, reservationId: first, idempotencyKey: randomUUID() })
  const facts = {
    concertId: show.concertId,
    showId: show.showId,
    fanId,
    amountMinor: 60_000,
    currency: 'KRW',
  }
  const { rows } = await deps.db.pool.query(
    `select type, data - 'seatIds' as data from events where data ->> 'fanId' = $1 order by id`,
    [String(fanId)],
  )
  expect(rows).toEqual([
    { type: 'reservation.paid', data: { ...facts, reservationId: first, paymentId, paidAtMs } },
    { type: 'reservation.paid', data: { ...facts, reservationId: second, paymentId, paidAtMs } },
    { type: 'payment.refunded', data: { ...facts, reservationId: first, paymentId, refundedAtMs } },
  ])
  expect(await eventsOf(fanId)).toMatchObject([
    {},
    {},
    { data: { seatIds: [expect.any(Number), expect.any(Number)] } },
  ])
  expect(await checkLedger(deps)).toEqual([])
})

test('holds that run out together are told by one statement, once each; a hold that was let go of is not told', async () => {
  const fans = await Promise.all(Array.from({ length: 3 }, () => makeRichFan(deps)))
  const held = []
  for (const fanId of fans) held.push({ fanId, reservationId: await hold(fanId) })
  const [gone, ...over] = held
  if (gone === undefined) throw new Error('nothing was held')
  await releaseReservation(deps, gone)
  for (const each of over) await lapseHold(deps, each)
  const ids = held.map(({ reservationId }) => reservationId)
  expect(await expireReservations(deps, ids)).toBe(2)
  expect(await expireReservations(deps, ids)).toBe(0)
  expect(await eventsOf(gone.fanId)).toEqual([])
  for (const { fanId, reservationId } of over)
    expect(await eventsOf(fanId)).toMatchObject([
      { type: 'reservation.expired', data: { reservationId, amountMinor: 60_000, currency: 'KRW' } },
    ])
})

test('what did not happen is not told: a payment whose connection dies before its commit leaves no event', async () => {
  const fanId = await makeRichFan(deps, 500_000)
  const input = { fanId, reservationIds: [await hold(fanId)], idempotencyKey: randomUUID() }
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  const other = await makeRichFan(deps, 500_000)
  await pay(counted.deps, { fanId: other, reservationIds: [await hold(other)], idempotencyKey: randomUUID() })
  const beforeCommit = { before: counted.statements() }
  await expect(pay(breakingDeps(deps, beforeCommit).deps, input)).rejects.toThrow(/terminat|connection/i)
  expect(await eventsOf(fanId)).toEqual([])
  await pay(deps, input)
  expect(await eventsOf(fanId)).toHaveLength(1)
})

test('the app can neither rewrite nor remove what happened', async () => {
  const fanId = await makeRichFan(deps, 500_000)
  await pay(deps, { fanId, reservationIds: [await hold(fanId)], idempotencyKey: randomUUID() })
  await inTransaction(deps.db, (tx) => recordEvents(tx, []))
  for (const text of [
    "update events set data = '{}'",
    "update events set type = 'webhook.test'",
    'delete from events',
  ])
    await expect(deps.db.pool.query(text)).rejects.toMatchObject({ code: '42501' })
})
