import { expect, test } from 'vitest'
import { toldSecondsOf } from './told-seconds.ts'

test.each([
  [300_000, undefined],
  [60_001, undefined],
  [60_000, 60],
  [30_001, 60],
  [30_000, 30],
  [10_001, 30],
  [10_000, 10],
  [1, 10],
  [0, undefined],
  [-1, undefined],
])('with %d ms left, %s seconds are told', (leftMs, told) => {
  expect(toldSecondsOf(leftMs)).toBe(told)
})

test('a countdown from five minutes is told three times, and its end by whoever knows what ended', () => {
  const told: unknown[] = []
  for (let leftMs = 300_000; leftMs > -5_000; leftMs -= 250) {
    const seconds = toldSecondsOf(leftMs)
    if (seconds !== told.at(-1)) told.push(seconds)
  }
  expect(told).toEqual([60, 30, 10, undefined].slice(0, told.length))
  expect(told).toHaveLength(4)
})
