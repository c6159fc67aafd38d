import { describe, expect, test } from 'vitest'
import { formatCountdown, formatSpanRange, roundSpan, type Span } from './durations.ts'

describe('a countdown', () => {
  test.each([
    [299_001, '5:00'],
    [299_000, '4:59'],
    [9_000, '0:09'],
    [1, '0:01'],
    [0, '0:00'],
    [-5_000, '0:00'],
    [3_723_000, '1:02:03'],
  ])('%d ms reads %s', (leftMs, text) => {
    expect(formatCountdown(leftMs)).toBe(text)
  })
})

test.each([
  [0, { unit: 'seconds', count: 1 }],
  [59_400, { unit: 'seconds', count: 59 }],
  [90_000, { unit: 'minutes', count: 2 }],
  [3_600_000, { unit: 'hours', count: 1 }],
  [129_600_000, { unit: 'days', count: 2 }],
])('%d ms are told as one unit', (ms, span) => {
  expect(roundSpan(ms)).toEqual(span)
})

test.each<[Span, Span, string, string]>([
  [{ unit: 'minutes', count: 1 }, { unit: 'minutes', count: 5 }, '1–5 minutes', '1~5분'],
  [{ unit: 'hours', count: 1 }, { unit: 'hours', count: 2 }, '1–2 hours', '1~2시간'],
  [{ unit: 'seconds', count: 50 }, { unit: 'minutes', count: 1 }, '50 seconds – 1 minute', '50초~1분'],
])('from %o to %o is %s, %s: a unit is said once', (low, high, en, ko) => {
  expect([formatSpanRange(low, high, 'en'), formatSpanRange(low, high, 'ko')]).toEqual([en, ko])
})
