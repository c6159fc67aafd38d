import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

function clockAt(start: number) {
  let monotonic = start
  const clock = createServerClock(
    () => monotonic,
    () => 42,
  )
  return { clock, pass: (ms: number) => (monotonic += ms) }
}

test('before any reply the fallback is told', () => {
  expect(clockAt(0).clock.nowMs()).toBe(42)
})

test('time runs on from the last reply', () => {
  const { clock, pass } = clockAt(500)
  clock.observe(1_000_000)
  pass(1_500)
  expect(clock.nowMs()).toBe(1_001_500)
})

test('a reply that was long on its way does not turn the clock back', () => {
  const { clock, pass } = clockAt(0)
  clock.observe(1_000_000)
  pass(10_000)
  clock.observe(1_002_000)
  expect(clock.nowMs()).toBe(1_010_000)
})

test('a reply that proves a later time moves the clock forward', () => {
  const { clock, pass } = clockAt(0)
  clock.observe(1_000_000)
  pass(1_000)
  clock.observe(1_009_000)
  expect(clock.nowMs()).toBe(1_009_000)
})
