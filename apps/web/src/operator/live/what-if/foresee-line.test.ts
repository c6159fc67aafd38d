import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreseeLine, type SaleState, type Wish } from './foresee-line.ts'

const now: SaleState = { waiting: 1_000, active: 200, seatsLeft: 100_000 }
const wish: Wish = { capacity: 200, meanInsideMinutes: 5, ratePerMinute: null, seatsPerFan: 1 }

describe('a full room of 200 that fans keep for five minutes lets in 40 a minute', () => {
  test('so a thousand are in after 25 minutes', () => {
    expect(foreseeLine(now, wish)).toEqual({
      perMinute: 40,
      limit: 'capacity',
      lastInMinutes: 25,
      leftOut: 0,
    })
  })

  test('free places are taken at once', () => {
    expect(foreseeLine({ ...now, active: 0 }, wish).lastInMinutes).toBe(20)
    expect(foreseeLine({ ...now, active: 0, waiting: 150 }, wish).lastInMinutes).toBe(0)
  })

  test('a rate below that is what counts', () => {
    expect(foreseeLine(now, { ...wish, ratePerMinute: 10 })).toMatchObject({
      perMinute: 10,
      limit: 'rate',
      lastInMinutes: 100,
    })
  })

  test('a rate above that fills an empty room more slowly than all at once', () => {
    const filling = foreseeLine({ ...now, active: 0 }, { ...wish, ratePerMinute: 80 })
    expect(filling).toMatchObject({ perMinute: 40, limit: 'capacity' })
    // ln 2 of five minutes to fill it, 80 a minute; the rest at 40
    expect(filling.lastInMinutes).toBeCloseTo(5 * Math.LN2 + (1_000 - 80 * 5 * Math.LN2) / 40, 9)
  })

  test('a room that is too full empties first', () => {
    expect(foreseeLine({ ...now, active: 400 }, wish).lastInMinutes).toBeCloseTo(5 * Math.LN2 + 25, 9)
  })

  test('seats that run out leave the last in line out, and those inside come first', () => {
    expect(foreseeLine({ ...now, seatsLeft: 1_200 }, { ...wish, seatsPerFan: 2 })).toEqual({
      perMinute: 40,
      limit: 'capacity',
      lastInMinutes: 10,
      leftOut: 600,
    })
    expect(foreseeLine({ ...now, seatsLeft: 100 }, wish)).toMatchObject({ lastInMinutes: 0, leftOut: 1_000 })
  })

  test('where nobody is let in, nobody gets in', () => {
    expect(foreseeLine(now, { ...wish, capacity: 0 }).lastInMinutes).toBeNull()
    expect(foreseeLine(now, { ...wish, ratePerMinute: 0 }).lastInMinutes).toBeNull()
    expect(foreseeLine({ ...now, waiting: 0 }, { ...wish, capacity: 0 }).lastInMinutes).toBe(0)
  })
})

const states: fc.Arbitrary<SaleState> = fc.record({
  waiting: fc.integer({ min: 0, max: 100_000 }),
  active: fc.integer({ min: 0, max: 2_000 }),
  seatsLeft: fc.integer({ min: 0, max: 100_000 }),
})
const wishes: fc.Arbitrary<Wish> = fc.record({
  capacity: fc.integer({ min: 1, max: 2_000 }),
  meanInsideMinutes: fc.double({ min: 0.5, max: 60, noNaN: true }),
  ratePerMinute: fc.option(fc.integer({ min: 1, max: 5_000 })),
  seatsPerFan: fc.double({ min: 0, max: 4, noNaN: true }),
})
const minutesOf = (state: SaleState, asked: Wish): number =>
  foreseeLine(state, asked).lastInMinutes ?? Number.POSITIVE_INFINITY
const slack = 1e-6

test('more room, shorter stays or a higher rate never make anybody wait longer', () => {
  fc.assert(
    fc.property(states, wishes, fc.double({ min: 1, max: 5, noNaN: true }), (state, asked, factor) => {
      const before = minutesOf(state, asked) + slack
      const { capacity, meanInsideMinutes, ratePerMinute } = asked
      expect(minutesOf(state, { ...asked, capacity: Math.ceil(capacity * factor) })).toBeLessThanOrEqual(
        before,
      )
      expect(
        minutesOf(state, { ...asked, meanInsideMinutes: meanInsideMinutes / factor }),
      ).toBeLessThanOrEqual(before)
      const faster = ratePerMinute === null ? null : ratePerMinute * factor
      expect(minutesOf(state, { ...asked, ratePerMinute: faster })).toBeLessThanOrEqual(before)
    }),
  )
})

test('everybody is either served or left out, and the room never holds more than its capacity (L = λW)', () => {
  fc.assert(
    fc.property(states, wishes, (state, asked) => {
      const { leftOut, perMinute } = foreseeLine(state, asked)
      expect(leftOut).toBeGreaterThanOrEqual(0)
      expect(leftOut).toBeLessThanOrEqual(state.waiting)
      expect(perMinute * asked.meanInsideMinutes).toBeLessThanOrEqual(asked.capacity + slack)
    }),
  )
})

test('it is what a room does that is followed step by step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 0, max: 400 }),
      fc.record({
        capacity: fc.integer({ min: 10, max: 400 }),
        meanInsideMinutes: fc.double({ min: 1, max: 20, noNaN: true }),
        ratePerMinute: fc.option(fc.integer({ min: 5, max: 400 })),
      }),
      (waiting, active, asked) => {
        const told = minutesOf({ waiting, active, seatsLeft: 1 }, { ...asked, seatsPerFan: 0 })
        expect(Math.abs(told - follow(waiting, active, asked))).toBeLessThan(0.02 * told + 0.1)
      },
    ),
    { numRuns: 50 },
  )
})

/** Minutes until nobody waits, by steps of a two hundredth of a minute. */
function follow(waiting: number, active: number, asked: Omit<Wish, 'seatsPerFan'>): number {
  const step = 0.005
  let [left, inside, minutes] = [waiting, active, 0]
  while (left > 1e-9 && minutes < 100_000) {
    inside -= (inside / asked.meanInsideMinutes) * step
    const room = Math.max(0, asked.capacity - inside)
    const came = Math.min(left, room, asked.ratePerMinute === null ? room : asked.ratePerMinute * step)
    left -= came
    inside += came
    minutes += step
  }
  return minutes
}
