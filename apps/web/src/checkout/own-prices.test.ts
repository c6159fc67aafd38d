import { type ReservedSeat, seatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { hasOwnPrices } from './own-prices.ts'

const seat = (n: number, priceMinor: number): ReservedSeat => ({
  seatId: seatId.parse(n),
  section: '',
  row: 'A',
  number: String(n),
  categoryCode: 0,
  priceMinor,
})

test('the prices of seats are told while they are those of the reservation', () => {
  expect(hasOwnPrices({ seats: [seat(1, 50_000), seat(2, 30_000)], amountMinor: 80_000 })).toBe(true)
})

test('what a seat costs since, after the hold was over, is not told as what was charged', () => {
  expect(hasOwnPrices({ seats: [seat(1, 55_000), seat(2, 30_000)], amountMinor: 80_000 })).toBe(false)
})
