import { expect, test } from 'vitest'
import { toldSecondsOf } from './told-seconds.ts'

test.each([
  [300_000, undefined],
  [60_001, undefined],
  [60_000, 60],
  [55_001, 60],
  [55_000, undefined],
  [30_001, undefined],
  [30_000, 30],
  [25_000, undefined],
  [10_000, 10],
  [5_000, undefined],
  [0, undefined],
  [-1, undefined],
])('with %d ms left, %s seconds are told', (leftMs, told) => {
  expect(toldSecondsOf(leftMs)).toBe(told)
})

test('a countdown from five minutes is told three times, and its end by whoever knows what ended', () => {
  const told: unknown[] = []
  for (let leftMs = 300_000; leftMs > -5_000; leftMs -= 1_000) {
    const seconds = toldSecondsOf(leftMs)
    if (seconds !== told.at(-1)) told.push(seconds)
  }
  expect(told.filter((seconds) => seconds !== undefined)).toEqual([60, 30, 10])
})

test('a tab that wakes up between two thresholds says nothing that was true a while ago', () => {
  expect([33_000, 14_000].map(toldSecondsOf)).toEqual([undefined, undefined])
})
