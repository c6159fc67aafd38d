import { afterEach, expect, test, vi } from 'vitest'
import { openRecentCalls, windowMs } from './recent-calls.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('each caller is counted alone, and anew when the minute is over', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const calls = openRecentCalls()
  expect([calls.count(1), calls.count(1), calls.count('192.0.2.7'), calls.count(1)]).toEqual([1, 2, 1, 3])
  vi.advanceTimersByTime(windowMs - 1)
  expect([calls.count(1), calls.restMs()]).toEqual([4, 1])
  vi.advanceTimersByTime(1)
  expect([calls.count(1), calls.restMs()]).toEqual([1, windowMs])
})

test('a flood of callers takes no more memory than so many', () => {
  const calls = openRecentCalls(3)
  expect([1, 2, 3, 4].map(calls.count)).toEqual([1, 1, 1, 1])
  // 1 was forgotten for 4; the others are known
  expect([2, 3, 4].map(calls.count)).toEqual([2, 2, 2])
  expect(calls.count(1)).toBe(1)
})
