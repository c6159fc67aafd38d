import { expect, test } from 'vitest'
import { watchInsideCalls } from './inside-calls.ts'

const few = { isQueue: false }

test('while a call of a fan inside is worked on, and for a moment after, more are expected; then the crowd is alone', () => {
  let nowMs = 0
  const calls = watchInsideCalls(() => nowMs)
  expect(calls.areExpected(few)).toBe(false)
  calls.come()
  calls.begin()
  nowMs = 5_000
  expect(calls.areExpected(few)).toBe(true)
  calls.end()
  nowMs += 49
  expect(calls.areExpected(few)).toBe(true)
  nowMs += 1
  expect(calls.areExpected(few)).toBe(false)
})

test('one whose body never comes is expected for that moment alone', () => {
  let nowMs = 0
  const calls = watchInsideCalls(() => nowMs)
  calls.come()
  expect(calls.areExpected(few)).toBe(true)
  nowMs = 50
  expect(calls.areExpected(few)).toBe(false)
})

test('a crowd that queues is kept back for a second after the last of them', () => {
  let nowMs = 0
  const calls = watchInsideCalls(() => nowMs)
  calls.come()
  nowMs = 999
  expect(calls.areExpected({ isQueue: true })).toBe(true)
  nowMs = 1_000
  expect(calls.areExpected({ isQueue: true })).toBe(false)
})

/** Of a thousand moments, those in which the crowd has to stand back beside calls of 5 ms that come so many a second. */
function heldBack(perSecond: number): number {
  let nowMs = 0
  const calls = watchInsideCalls(() => nowMs)
  let moments = 0
  for (; nowMs < 1_000; nowMs++) {
    const sinceMs = nowMs % (1_000 / perSecond)
    if (sinceMs === 0) {
      calls.come()
      calls.begin()
    }
    if (sinceMs === 5) calls.end()
    moments += calls.areExpected(few) ? 1 : 0
  }
  return moments
}

test('a call now and then costs a crowd that does not queue as little as it is, and many keep it back all the time', () => {
  expect(heldBack(1)).toBe(55)
  expect(heldBack(10)).toBe(550)
  expect(heldBack(20)).toBe(1_000)
})
