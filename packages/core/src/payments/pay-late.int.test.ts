import { randomUUID } from 'node:crypto'
import type { AccountId, Payment, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { expireReservation } from '../reservations/index.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { balanceOf, seatsOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { pay } from './index.ts'

const deps = await createTestDeps()

function payOnce(fanId: AccountId, ids: ReservationId[]): Promise<Payment> {
  return pay(deps, { fanId, reservationIds: ids, idempotencyKey: randomUUID() })
}

/** A hold of the show's seats `from` to `to` whose time is over and that nobody has noticed yet. */
async function holdTooLong(
  show: TestShow,
  fanId: AccountId,
  [from, to]: [number, number] = [0, 2],
): Promise<ReservationId> {
  return await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(from, to), endsInMs: -1_000 })
}

/** What the sweep does to a hold that is over. */
async function sweep(reservationId: ReservationId): Promise<void> {
  expect(await expireReservation(deps, reservationId)).toBe(true)
}

test('a hold that is over, and that nobody took, is still paid', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await holdTooLong(show, fanId)
  await payOnce(fanId, [reservationId])
  expect(await stateOf(deps, reservationId)).toBe('PAID')
  expect(await checkLedger(deps)).toEqual([])
})

test('a hold that was swept away is taken again when its seats are free', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await holdTooLong(show, fanId)
  await sweep(reservationId)
  expect(await stateOf(deps, reservationId)).toBe('EXPIRED')
  await payOnce(fanId, [reservationId])
  expect(await stateOf(deps, reservationId)).toBe('PAID')
  expect(await checkLedger(deps)).toEqual([])
})

test('a hold that is over, swept or not, is not paid once the sale is over; one that lives is', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const [swept, unswept] = [await holdTooLong(show, fanId, [0, 1]), await holdTooLong(show, fanId, [1, 2])]
  const live = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 3) })
  await sweep(swept)
  for (const close of [
    "update lines set override = 'closed' where concert_id = $1",
    'with reopened as (update lines set override = null where concert_id = $1) update shows set starts_at = now() where concert_id = $1',
  ]) {
    await deps.db.pool.query(close, [show.concertId])
    for (const over of [swept, unswept])
      await expect(payOnce(fanId, [over])).rejects.toMatchObject({ code: 'SALE_CLOSED' })
  }
  await payOnce(fanId, [live])
  expect(await balanceOf(deps, fanId)).toBe(950_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('a hold that is over and of which somebody holds a seat is refused, and no money moves', async () => {
  const show = await makeShow(deps)
  const [late, quick] = [await makeRichFan(deps), await makeRichFan(deps)]
  const lost = await holdTooLong(show, late)
  await sweep(lost)
  const taken = await insertHold(deps, { fanId: quick, show, seatIds: show.seatIds.slice(1, 3) })
  await expect(payOnce(late, [lost])).rejects.toMatchObject({
    code: 'HOLD_EXPIRED',
    details: { reservationId: lost },
  })
  expect(await stateOf(deps, lost)).toBe('EXPIRED')
  expect(await balanceOf(deps, late)).toBe(1_000_000)
  await payOnce(quick, [taken])
  await expect(payOnce(late, [lost])).rejects.toMatchObject({ code: 'HOLD_EXPIRED' })
  expect(await checkLedger(deps)).toEqual([])
})

test('seats that somebody else held too long as well are taken over, and their whole hold ends', async () => {
  const show = await makeShow(deps)
  const [late, later] = [await makeRichFan(deps), await makeRichFan(deps)]
  const first = await holdTooLong(show, late)
  await sweep(first)
  const second = await holdTooLong(show, later, [1, 3])
  await payOnce(late, [first])
  expect(await stateOf(deps, first)).toBe('PAID')
  expect(await stateOf(deps, second)).toBe('EXPIRED')
  expect(await seatsOf(deps, second)).toEqual([])
  expect(await checkLedger(deps)).toEqual([])
})

test('taking seats again counts against the limit of seats for each fan', async () => {
  const show = await makeShow(deps, { seatsPerFan: 2 })
  const fanId = await makeRichFan(deps)
  const old = await holdTooLong(show, fanId)
  await sweep(old)
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(5, 6) })
  await expect(payOnce(fanId, [old])).rejects.toMatchObject({
    code: 'SEAT_LIMIT_REACHED',
    details: { limit: 2, held: 1 },
  })
  expect(await checkLedger(deps)).toEqual([])
})

test('guard off: without the fence a seat is sold under the feet of the fan who holds it', async () => {
  const show = await makeShow(deps)
  const [late, quick] = [await makeRichFan(deps), await makeRichFan(deps)]
  const lost = await holdTooLong(show, late, [0, 1])
  await sweep(lost)
  const taken = await insertHold(deps, { fanId: quick, show, seatIds: show.seatIds.slice(0, 1) })
  const tx = await deps.db.pool.connect()
  await tx.query('begin')
  await tx.query(
    "update seats set status = 'sold', reservation_id = $1, held_until = null where id = any($2)",
    [lost, show.seatIds.slice(0, 1)],
  )
  const { rows } = await tx.query(
    'select state from reservations where id = $1 and not exists (select from seats where reservation_id = $1)',
    [taken],
  )
  await tx.query('rollback')
  tx.release()
  expect(rows).toEqual([{ state: 'HELD' }])
})
