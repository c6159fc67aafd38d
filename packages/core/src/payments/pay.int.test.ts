import { randomUUID } from 'node:crypto'
import type { AccountId, Payment, ReservationId, SeatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { holdSeats, releaseReservation } from '../reservations/index.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { givePass } from '../testing/give-pass.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { balanceOf, seatsOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge, readStatement } from '../wallet/index.ts'
import { pay, payHeld } from './index.ts'

const deps = await createTestDeps()

function payOnce(
  fanId: AccountId,
  ids: ReservationId[],
  idempotencyKey: string = randomUUID(),
): Promise<Payment> {
  return pay(deps, { fanId, reservationIds: ids, idempotencyKey })
}

test('paying sells the seats, moves the money, and issues a ticket for each seat', async () => {
  const show = await makeShow(deps, { priceMinor: 40_000 })
  const fanId = await makeRichFan(deps, 100_000)
  const seatIds = show.seatIds.slice(0, 2)
  const reservationId = await insertHold(deps, { fanId, show, seatIds })
  const paid = await payOnce(fanId, [reservationId])
  expect(paid).toMatchObject({
    reservationIds: [reservationId],
    amountMinor: 80_000,
    currency: 'KRW',
    balanceMinor: 20_000,
  })
  expect(paid.ticketIds).toHaveLength(2)
  expect(await stateOf(deps, reservationId)).toBe('PAID')
  expect(await seatsOf(deps, reservationId)).toEqual(seatIds.map((id) => ({ id, status: 'sold' })))
  const { lines } = await readStatement(deps, { fanId, limit: 10, beforeId: undefined })
  expect(lines[0]).toMatchObject({
    kind: 'payment',
    changeMinor: -80_000,
    balanceAfterMinor: 20_000,
    reservationId,
  })
  expect(await checkLedger(deps)).toEqual([])
})

test('several reservations over two dates of a concert are paid together', async () => {
  const first = await makeShow(deps, { priceMinor: 10_000 })
  const second = await addShow(deps, first.concertId)
  const fanId = await makeRichFan(deps, 50_000)
  const ids = [
    await insertHold(deps, { fanId, show: first, seatIds: first.seatIds.slice(0, 1) }),
    await insertHold(deps, { fanId, show: first, seatIds: first.seatIds.slice(4, 6) }),
    await insertHold(deps, { fanId, show: second, seatIds: second.seatIds.slice(0, 1) }),
  ]
  const paid = await payOnce(fanId, ids.toReversed())
  expect(paid).toMatchObject({ reservationIds: ids, amountMinor: 40_000, balanceMinor: 10_000 })
  expect(paid.ticketIds).toHaveLength(4)
  expect(await checkLedger(deps)).toEqual([])
})

test('one reservation that cannot be paid keeps all from being paid', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const good = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const paid = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(1, 2) })
  await payOnce(fanId, [paid])
  await expect(payOnce(fanId, [good, paid])).rejects.toMatchObject({
    code: 'HOLD_ENDED',
    details: { reservationId: paid, state: 'PAID' },
  })
  expect(await stateOf(deps, good)).toBe('HELD')
  expect(await balanceOf(deps, fanId)).toBe(950_000)
})

test('reservations of two concerts are not paid together', async () => {
  const [one, other] = [await makeShow(deps), await makeShow(deps)]
  const fanId = await makeRichFan(deps)
  const ids = [
    await insertHold(deps, { fanId, show: one, seatIds: one.seatIds.slice(0, 1) }),
    await insertHold(deps, { fanId, show: other, seatIds: other.seatIds.slice(0, 1) }),
  ]
  await expect(payOnce(fanId, ids)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { faults: [{ path: 'reservationIds' }] },
  })
  expect(await balanceOf(deps, fanId)).toBe(1_000_000)
})

test("another fan's reservation does not exist for me, nor does one that never was", async () => {
  const show = await makeShow(deps)
  const [owner, stranger] = [await makeRichFan(deps), await makeRichFan(deps)]
  const reservationId = await insertHold(deps, { fanId: owner, show, seatIds: show.seatIds.slice(0, 1) })
  const refusal = { code: 'NOT_FOUND', details: { what: 'reservation' } }
  await expect(payOnce(stranger, [reservationId])).rejects.toMatchObject(refusal)
  await expect(payOnce(stranger, [987_654_321 as ReservationId])).rejects.toMatchObject(refusal)
  expect(await stateOf(deps, reservationId)).toBe('HELD')
  expect(await balanceOf(deps, stranger)).toBe(1_000_000)
})

test('too little money: nothing moves, and the same key pays after a charge', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps, 29_999)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const key = randomUUID()
  await expect(payOnce(fanId, [reservationId], key)).rejects.toMatchObject({
    code: 'BALANCE_TOO_LOW',
    details: { balanceMinor: 29_999, neededMinor: 30_000 },
  })
  expect(await stateOf(deps, reservationId)).toBe('HELD')
  await charge(deps, { fanId, amountMinor: 1, idempotencyKey: randomUUID() })
  expect(await payOnce(fanId, [reservationId], key)).toMatchObject({ balanceMinor: 0 })
  expect(await checkLedger(deps)).toEqual([])
})

test('the price is the one written down when the seats were held, whatever a seat costs now', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await deps.db.pool.query('update seats set price_minor = 1 where show_id = $1', [show.showId])
  expect(await payOnce(fanId, [reservationId])).toMatchObject({ amountMinor: 30_000 })
})

test('a caller who expects another price is told the price, and nothing moves', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const asked = { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }
  await expect(pay(deps, { ...asked, expectedMinor: 1 })).rejects.toMatchObject({
    code: 'AMOUNT_MISMATCH',
    details: { expectedMinor: 30_000 },
  })
  expect(await balanceOf(deps, fanId)).toBe(1_000_000)
  expect(await pay(deps, { ...asked, expectedMinor: 30_000 })).toMatchObject({ amountMinor: 30_000 })
})

test('free seats are paid with nothing: tickets, and no line in the ledger', async () => {
  const show = await makeShow(deps, { priceMinor: 0 })
  const fanId = await makeFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) })
  const paid = await payOnce(fanId, [reservationId])
  expect(paid).toMatchObject({ amountMinor: 0, balanceMinor: 0 })
  expect(paid.ticketIds).toHaveLength(2)
  expect((await readStatement(deps, { fanId, limit: 10, beforeId: undefined })).lines).toEqual([])
  expect(await checkLedger(deps)).toEqual([])
})

test('a replayed payment has one effect and one reply, also 20 at once', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps, 100_000)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const key = randomUUID()
  const replies = await Promise.all(Array.from({ length: 20 }, () => payOnce(fanId, [reservationId], key)))
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(await payOnce(fanId, [reservationId], key)).toEqual(replies[0])
  expect(await balanceOf(deps, fanId)).toBe(70_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('the same key with another body is refused and pays nothing', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const [first, second] = [
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) }),
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(1, 2) }),
  ]
  const key = randomUUID()
  await payOnce(fanId, [first], key)
  await expect(payOnce(fanId, [second], key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  await expect(payOnce(fanId, [first, second], key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  expect(await stateOf(deps, second)).toBe('HELD')
})

test('ten keys for one reservation at once: one pays, nine are told it is paid', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  const replies = await Promise.allSettled(Array.from({ length: 10 }, () => payOnce(fanId, [reservationId])))
  expect(valuesOf(replies)).toHaveLength(1)
  expect(refusalsOf(replies)).toMatchObject(Array.from({ length: 9 }, () => ({ code: 'HOLD_ENDED' })))
  expect(await balanceOf(deps, fanId)).toBe(970_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('100 of 100 concurrent charges are accepted and the balance is exact, with payments running', async () => {
  const show = await makeShow(deps, { priceMinor: 700, seatsPerFan: 50 })
  const fanId = await makeRichFan(deps, 7_000)
  const holds = await Promise.all(
    show.seatIds.slice(0, 10).map((seatId) => insertHold(deps, { fanId, show, seatIds: [seatId] })),
  )
  const charges = Array.from({ length: 100 }, (_, index) =>
    charge(deps, { fanId, amountMinor: 1_000 + index, idempotencyKey: randomUUID() }),
  )
  const payments = holds.map((reservationId) => payOnce(fanId, [reservationId]))
  await Promise.all([...charges, ...payments])
  expect(await balanceOf(deps, fanId)).toBe(7_000 + 104_950 - 7_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('a released hold is not paid', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await releaseReservation(deps, { fanId, reservationId })
  await expect(payOnce(fanId, [reservationId])).rejects.toMatchObject({
    code: 'HOLD_ENDED',
    details: { reservationId, state: 'RELEASED' },
  })
})

test('a wallet in another currency than the price pays nothing', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await deps.db.pool.query("update concerts set currency = 'USD' where id = $1", [show.concertId])
  await expect(payOnce(fanId, [reservationId])).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect(await balanceOf(deps, fanId)).toBe(1_000_000)
})

test('paying spends the pass in the same transaction: it holds nothing more, and a refused payment spends nothing', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeFan(deps)
  const { concertId, showId, seatIds } = show
  const pass = await givePass(deps, { concertId, fanId })
  const holdSeat = (seatId: SeatId) => holdSeats(deps, { fanId, showId, pass, seatIds: [seatId] })
  const [first, second, third] = seatIds
  if (first === undefined || second === undefined || third === undefined) throw new Error('a show has seats')
  const { reservationId } = await holdSeat(first)
  await expect(payOnce(fanId, [reservationId])).rejects.toMatchObject({ code: 'BALANCE_TOO_LOW' })
  await holdSeat(second)
  await charge(deps, { fanId, amountMinor: 30_000, idempotencyKey: randomUUID() })
  await payOnce(fanId, [reservationId])
  await expect(holdSeat(third)).rejects.toMatchObject({ code: 'PASS_REFUSED', details: { reason: 'spent' } })
})

test('paying without a key spends the pass, too', async () => {
  const { concertId, showId, seatIds } = await makeShow(deps, { priceMinor: 30_000 })
  const fanId = await makeRichFan(deps)
  const pass = await givePass(deps, { concertId, fanId })
  await holdSeats(deps, { fanId, showId, pass, seatIds: seatIds.slice(0, 1) })
  await payHeld(deps, { fanId, concertId })
  await expect(holdSeats(deps, { fanId, showId, pass, seatIds: seatIds.slice(1, 2) })).rejects.toMatchObject({
    code: 'PASS_REFUSED',
    details: { reason: 'spent' },
  })
})
