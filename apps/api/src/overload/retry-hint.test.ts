import { expect, test } from 'vitest'
import { createRetryHint } from './retry-hint.ts'

/** A second in which so many were served and refused, and what is told after it with the dice as given. */
function hintAfter(served: number, refused: number, dice: number): number {
  let nowMs = 0
  const hint = createRetryHint(
    () => dice,
    () => nowMs,
  )
  for (let count = 0; count < served; count++) hint.served()
  for (let count = 0; count < refused; count++) hint.refusedMs()
  nowMs = 1_000
  return hint.refusedMs()
}

test('nobody is asked back before a second, and never all at once', () => {
  expect(hintAfter(100, 10, 0)).toBe(1_000)
  expect(hintAfter(100, 10, 1)).toBe(3_000)
})

test('the more are refused for each that is served, the longer the time over which they come back', () => {
  expect(hintAfter(100, 300, 1)).toBe(7_000)
  expect(hintAfter(100, 900, 1)).toBe(19_000)
})

test('half a minute is the longest', () => {
  expect(hintAfter(0, 10_000, 1)).toBe(31_000)
})
