import type { SeatState } from '@greenroom/client'
import { seatId, showId } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choosePopularSeats } from './choose-seats.ts'

const stateOf = (codes: number[]): SeatState => ({
  showId: showId.parse(1),
  firstSeatId: seatId.parse(101),
  seatCount: codes.length,
  seq: 0,
  codes: Uint8Array.from(codes),
  versions: new Uint32Array(codes.length),
})

test('only free seats are chosen, no more than wanted, and none twice; none only when none is free', () => {
  const codes = fc.array(fc.nat(3), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(
      codes,
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (all, count, r) => {
        const chosen = choosePopularSeats(stateOf(all), count, () => r)
        const free = all.flatMap((code, ordinal) => (code === 0 ? [101 + ordinal] : []))
        expect(chosen.every((id) => free.includes(id))).toBe(true)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen).toHaveLength(Math.min(count, free.length))
      },
    ),
  )
})

test('most of the crowd wants the front', () => {
  const seats = stateOf(Array.from({ length: 100 }, () => 0))
  const draws = Array.from(
    { length: 100 },
    (_, index) => choosePopularSeats(seats, 1, () => index / 100)[0] ?? 0,
  )
  expect(draws.filter((id) => id - 101 < 25).length).toBeGreaterThan(50)
})
