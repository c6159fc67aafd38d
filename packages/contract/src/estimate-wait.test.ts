import { expect, test } from 'vitest'
import { estimateWait } from './estimate-wait.ts'

test('a wait is a range round the measured rate, and unknown when nothing flows', () => {
  const range = estimateWait(119, 60)
  expect(range?.lowMs).toBeLessThan(120_000)
  expect(range?.highMs).toBeGreaterThan(120_000)
  expect(estimateWait(119, 0)).toBeNull()
  expect(estimateWait(119, null)).toBeNull()
})

test('the faster the measured rate, the narrower the range', () => {
  const spread = (perMinute: number): number => {
    const range = estimateWait(999, perMinute)
    if (range === null) throw new Error('no range')
    return range.highMs / range.lowMs
  }
  expect(spread(600)).toBeLessThan(spread(6))
})
