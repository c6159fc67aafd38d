import { randomUUID } from 'node:crypto'
import { type AccountId, type Reservation, reservation as holdReply, type SeatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { whileItWaits } from '../testing/blocked-rows.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { meddlingDatabase } from '../testing/meddling-deps.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { placeFreeHoldsText } from './free-hold-store.ts'
import { placeHoldsText } from './hold-store.ts'
import { holdWithKey } from './hold-with-key.ts'
import { findListing } from './reservation-store.ts'

const deps = await createTestDeps()
const [cheap, dear] = [50_000, 70_000]

async function setPrice({ concertId }: TestShow, priceMinor: number): Promise<void> {
  await deps.db.pool.query('update prices set price_minor = $2 where concert_id = $1', [
    concertId,
    priceMinor,
  ])
}

/** What the hold says, of each seat and in all; its rows and its reservation say the same. */
async function pricesOf(hold: Reservation, fanId: AccountId): Promise<number[]> {
  const prices = hold.seats.map((seat) => seat.priceMinor)
  expect(hold.amountMinor).toBe(prices.reduce((sum, price) => sum + price, 0))
  const { amountMinor, seats } = (await findListing(deps.db, fanId, hold.reservationId)) ?? {}
  expect({ amountMinor, seats }).toEqual({ amountMinor: hold.amountMinor, seats: hold.seats })
  return prices
}

test('a seat that nobody has costs what its category costs at the moment of the hold, also when that changes under it', async () => {
  const show = await makeShow(deps)
  const [early, late, keyed] = [await makeFan(deps), await makeFan(deps), await makeFan(deps)]
  expect(await pricesOf(await holdInside(deps, early, show, 0), early)).toEqual([cheap])
  const meddled = meddlingDatabase(deps, 'place-free-holds', () => setPrice(show, dear))
  expect(await pricesOf(await holdInside(meddled, late, show, 1, 2), late)).toEqual([dear, dear])
  const request = { fanId: keyed, showId: show.showId, seatIds: pickSeats(show, 3) }
  const attempt = { fanId: keyed, key: randomUUID(), command: 'hold', body: {}, reply: holdReply }
  expect(await pricesOf(await holdWithKey(deps, request, attempt), keyed)).toEqual([dear])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a seat that is taken over from a hold that ran out costs the new price, though nobody swept it', async () => {
  const show = await makeShow(deps)
  const [slow, next] = [await makeFan(deps), await makeFan(deps)]
  await lapseHold(deps, await holdInside(deps, slow, show, 0))
  await setPrice(show, dear)
  expect(await pricesOf(await holdInside(deps, next, show, 0), next)).toEqual([dear])
})

test('a price that is changed while a take-over waits for its seat is the price of the take-over', async () => {
  const show = await makeShow(deps)
  const [slow, next] = [await makeFan(deps), await makeFan(deps)]
  await lapseHold(deps, await holdInside(deps, slow, show, 0))
  const seat = { text: 'select from seats where id = $1 for update', values: pickSeats(show, 0) }
  const { outcome } = await whileItWaits(
    deps,
    seat,
    () => holdInside(deps, next, show, 0),
    () => setPrice(show, dear),
  )
  expect(outcome).toMatchObject({ status: 'fulfilled', value: { amountMinor: dear } })
})

test('a fan who holds keeps the price: the seats that they swap along cost what they did, the others what they do now', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const first = await holdInside(deps, fanId, show, 0, 1)
  await setPrice(show, dear)
  expect(await holdInside(deps, fanId, show, 0, 1)).toMatchObject({
    reservationId: first.reservationId,
    amountMinor: 2 * cheap,
  })
  const swapped = await holdInside(deps, fanId, show, 1, 2)
  expect(await pricesOf(swapped, fanId)).toEqual([cheap, dear])
  await lapseHold(deps, swapped)
  expect(await pricesOf(await holdInside(deps, fanId, show, 1), fanId)).toEqual([dear])
})

/** The writing statement alone, after a price was changed: what the hold costs. */
async function costOf(text: string, values: (seatIds: SeatId[]) => unknown[]): Promise<number> {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  await setPrice(show, dear)
  return await inTransaction(deps.db, async (tx) => {
    await tx.query(text, [[show.showId], [fanId], ...values(pickSeats(show, 0))])
    const { rows } = await tx.query<{ amount: number }>(
      'select amount_minor as amount from reservations where fan_id = $1',
      [fanId],
    )
    return rows[0]?.amount ?? -1
  })
}

test('guard off: a statement that believes the row of the seat sells it at the price of yesterday', async () => {
  const free = (seatIds: SeatId[]): unknown[] => [[`{${seatIds.join(',')}}`], seatIds]
  const locked = (seatIds: SeatId[]): unknown[] => [[`{${seatIds.join(',')}}`], [], ['{}'], seatIds]
  expect(await costOf(placeFreeHoldsText, free)).toBe(dear)
  expect(await costOf(placeHoldsText, locked)).toBe(dear)
  const ofRow = '(select price_minor from seats own where own.id = locked.id)'
  const priceNow =
    '(select price_minor from prices where prices.concert_id = asked.concert_id and prices.category_code = locked.category_code)'
  expect(await costOf(textWithout(placeFreeHoldsText, { [priceNow]: ofRow }), free)).toBe(cheap)
  const priceNowLocked =
    '(select price_minor from prices where prices.concert_id = concerts.id and prices.category_code = seats.category_code)'
  const careless = textWithout(placeHoldsText, { [priceNowLocked]: 'seats.price_minor' })
  expect(await costOf(careless, locked)).toBe(cheap)
})
