import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decidePace, type Evidence, type Pace, type PaceBounds } from './pace.ts'

const bounds: fc.Arbitrary<PaceBounds> = fc.record({
  floorPerMinute: fc.integer({ min: 1, max: 5_000 }),
  ceilingPerMinute: fc.integer({ min: 0, max: 100_000 }),
  targetP95Ms: fc.integer({ min: 10, max: 10_000 }),
})
const told = fc.record({
  p95Ms: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true })),
  poolUse: fc.double({ min: 0, max: 100, noNaN: true }),
})
const evidence: fc.Arbitrary<Evidence> = fc.option(told, { nil: undefined })
const pace: fc.Arbitrary<Pace> = fc.record({
  perMinute: fc.double({ min: 0, max: 200_000, noNaN: true }),
  why: fc.constant('holding' as const),
  decidedAtMs: fc.integer({ min: 0, max: 100_000 }),
  loweredAtMs: fc.integer({ min: 0, max: 100_000 }),
  heardAtMs: fc.integer({ min: 0, max: 100_000 }),
})
const nowMs = fc.integer({ min: 0, max: 200_000 })

const club: PaceBounds = { floorPerMinute: 60, ceilingPerMinute: 1_200, targetP95Ms: 300 }
const calm: Evidence = { p95Ms: 20, poolUse: 0.1 }
const slow: Evidence = { p95Ms: 400, poolUse: 0.5 }

/** What it comes to after a decision each second. */
const run = (from: Pace | undefined, seconds: number, seen: Evidence, startMs = 1_000_000): Pace => {
  let at = from
  for (let second = 0; second < seconds; second++)
    at = decidePace(at, club, seen, startMs + second * 1_000) ?? at
  if (at === undefined) throw new Error('nothing was decided')
  return at
}
const atCeiling: Pace = {
  perMinute: 1_200,
  why: 'ceiling',
  decidedAtMs: 0,
  loweredAtMs: 0,
  heardAtMs: 999_000,
}

test('whatever was before and whatever is seen: never above the ceiling, never below the floor unless the ceiling is', () => {
  fc.assert(
    fc.property(fc.option(pace, { nil: undefined }), bounds, evidence, nowMs, (before, limits, seen, now) => {
      const decided = decidePace(before, limits, seen, now)
      if (decided === undefined) return
      expect(decided.perMinute).toBeLessThanOrEqual(limits.ceilingPerMinute)
      expect(decided.perMinute).toBeGreaterThanOrEqual(
        Math.min(limits.floorPerMinute, limits.ceilingPerMinute),
      )
      expect(decided.decidedAtMs).toBe(now)
    }),
    { numRuns: 2_000 },
  )
})

test('what is worse never lets in more', () => {
  fc.assert(
    fc.property(pace, bounds, told, told, nowMs, (before, limits, one, other, now) => {
      const worse = {
        p95Ms: Math.max(one.p95Ms ?? 0, other.p95Ms ?? 0),
        poolUse: Math.max(one.poolUse, other.poolUse),
      }
      const better = decidePace(before, limits, one, now)
      const decided = decidePace(before, limits, worse, now)
      expect(decided?.perMinute ?? 0).toBeLessThanOrEqual(better?.perMinute ?? 0)
    }),
    { numRuns: 2_000 },
  )
})

test('a second has one decision', () => {
  fc.assert(
    fc.property(pace, bounds, evidence, fc.integer({ min: 0, max: 999 }), (before, limits, seen, ms) => {
      const decidedAtMs = Math.floor(before.decidedAtMs / 1_000) * 1_000
      expect(decidePace({ ...before, decidedAtMs }, limits, seen, decidedAtMs + ms)).toBeUndefined()
    }),
  )
})

describe('it', () => {
  test('begins at the floor and rises evenly to the ceiling within a minute of calm', () => {
    expect(run(undefined, 1, calm)).toMatchObject({ perMinute: 60, why: 'starting' })
    expect(run(undefined, 11, calm)).toMatchObject({ perMinute: 60 + 10 * 20, why: 'rising' })
    expect(run(undefined, 61, calm)).toMatchObject({ perMinute: 1_200, why: 'ceiling' })
  })

  test('falls by a factor, once in three seconds, to the floor', () => {
    expect(run(atCeiling, 1, slow)).toMatchObject({ perMinute: 840, why: 'latency' })
    expect(run(atCeiling, 3, slow)).toMatchObject({ perMinute: 840, why: 'settling' })
    expect(run(atCeiling, 4, slow)).toMatchObject({ perMinute: 588, why: 'latency' })
    expect(run(atCeiling, 60, slow).perMinute).toBe(60)
  })

  test('falls faster when it is far too slow, or when as many statements wait as there are connections', () => {
    expect(run(atCeiling, 1, { p95Ms: 601, poolUse: 0 })).toMatchObject({ perMinute: 600, why: 'latency' })
    expect(run(atCeiling, 1, { p95Ms: 5, poolUse: 0.95 })).toMatchObject({ perMinute: 840, why: 'pool' })
    expect(run(atCeiling, 1, { p95Ms: null, poolUse: 3 })).toMatchObject({ perMinute: 600, why: 'pool' })
  })

  test('stays where it is between calm and trouble', () => {
    const half = { ...atCeiling, perMinute: 600 }
    expect(run(half, 20, { p95Ms: 280, poolUse: 0.1 })).toMatchObject({ perMinute: 600, why: 'holding' })
    expect(run(half, 20, { p95Ms: 10, poolUse: 0.8 })).toMatchObject({ perMinute: 600, why: 'holding' })
  })

  test('stands still for 15 seconds when nobody tells anything, then fades to the floor; the first word ends that', () => {
    expect(run(atCeiling, 14, undefined)).toMatchObject({ perMinute: 1_200, why: 'frozen' })
    const fading = run(atCeiling, 20, undefined)
    expect(fading).toMatchObject({ why: 'blind' })
    expect(fading.perMinute).toBeLessThan(1_200)
    expect(run(atCeiling, 120, undefined).perMinute).toBe(60)
    expect(run(fading, 1, calm, 1_020_000)).toMatchObject({ why: 'rising' })
  })

  test('follows an operator who lowers the ceiling at once, and does not jump when it is raised', () => {
    expect(decidePace(atCeiling, { ...club, ceilingPerMinute: 90 }, slow, 1_000_000)?.perMinute).toBe(90)
    expect(decidePace(atCeiling, { ...club, ceilingPerMinute: 0 }, calm, 1_000_000)?.perMinute).toBe(0)
    expect(decidePace(atCeiling, { ...club, ceilingPerMinute: 6_000 }, calm, 1_000_000)?.perMinute).toBe(
      1_300,
    )
  })

  test('goes on when the clock of a promoted Redis is behind', () => {
    const later: Pace = { ...atCeiling, decidedAtMs: 2_000_000, loweredAtMs: 2_000_000, heardAtMs: 2_000_000 }
    expect(decidePace(later, club, slow, 1_000_000)).toMatchObject({ perMinute: 840, why: 'latency' })
  })
})

test('in a closed loop it finds what the server can do, from either side, and stays about there', () => {
  // a server that serves 600 a minute in 100 ms and slows down in proportion to what is more, as of a second ago
  const answer = (perMinute: number): Evidence => ({
    p95Ms: 100 * Math.max(1, (perMinute / 600) ** 4),
    poolUse: Math.min(1.5, (0.6 * perMinute) / 600),
  })
  for (const start of [undefined, atCeiling]) {
    let at = start
    let seen = answer(start?.perMinute ?? 0)
    const paces: number[] = []
    for (let second = 0; second < 300; second++) {
      at = decidePace(at, club, seen, 1_000_000 + second * 1_000) ?? at
      seen = answer(at?.perMinute ?? 0)
      paces.push(at?.perMinute ?? 0)
    }
    const late = paces.slice(60)
    expect(Math.min(...late)).toBeGreaterThan(300)
    expect(Math.max(...late)).toBeLessThan(900)
  }
})
