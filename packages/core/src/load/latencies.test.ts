import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bucketCount,
  bucketOf,
  countCalls,
  type Latencies,
  noLatencies,
  quantileMs,
  sumLatencies,
} from './latencies.ts'

const calls = fc.array(fc.double({ min: 0, max: 9_000, noNaN: true }), { minLength: 1, maxLength: 300 })

const latenciesOf = (times: readonly number[]): Latencies => {
  const latencies = noLatencies()
  for (const elapsedMs of times) {
    const at = bucketOf(elapsedMs)
    latencies[at] = (latencies[at] ?? 0) + 1
  }
  return latencies
}

test('a quantile is never below the exact one, and at most 20 % above it', () => {
  fc.assert(
    fc.property(calls, fc.constantFrom(0.5, 0.95, 0.99), (times, share) => {
      const exact = times.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(times.length * share)) - 1] ?? 0
      const told = quantileMs(latenciesOf(times), share) ?? 0
      expect(told).toBeGreaterThanOrEqual(exact - 0.05)
      expect(told).toBeLessThanOrEqual(Math.max(1, exact * 1.2) + 0.05)
    }),
  )
})

test('the latencies of several processes together are those of all their calls', () => {
  fc.assert(
    fc.property(fc.array(calls, { maxLength: 5 }), (processes) => {
      expect(sumLatencies(processes.map(latenciesOf))).toEqual(latenciesOf(processes.flat()))
    }),
  )
})

test('any time has a bucket, also one that is none, and without calls there is no quantile', () => {
  fc.assert(
    fc.property(fc.double(), (elapsedMs) => {
      expect(bucketOf(elapsedMs)).toBeGreaterThanOrEqual(0)
      expect(bucketOf(elapsedMs)).toBeLessThan(bucketCount)
    }),
  )
  expect(quantileMs(noLatencies(), 0.95)).toBeNull()
  expect(countCalls(noLatencies())).toBe(0)
})
