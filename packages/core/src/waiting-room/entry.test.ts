import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refreshAfterMs } from './entry.ts'

const middle = () => 0.5
const outflows = fc.option(fc.integer({ min: 0, max: 1_000_000 }))

test('whoever is further back asks less often', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.nat(2_000_000), outflows, (one, other, outflow) => {
      const [near, far] = [Math.min(one, other), Math.max(one, other)]
      expect(refreshAfterMs(near, outflow, middle)).toBeLessThanOrEqual(refreshAfterMs(far, outflow, middle))
    }),
  )
})

test('nobody asks more than every 1.6 s, nobody less than every 6 minutes', () => {
  fc.assert(
    fc.property(fc.option(fc.nat(2_000_000)), outflows, (ahead, outflow) => {
      const afterMs = refreshAfterMs(ahead, outflow)
      expect(afterMs).toBeGreaterThanOrEqual(1_600)
      expect(afterMs).toBeLessThanOrEqual(360_000)
    }),
  )
})

test('two who ask together are told different times', () => {
  expect(refreshAfterMs(1_000, 60, () => 0)).not.toBe(refreshAfterMs(1_000, 60, () => 1))
})
