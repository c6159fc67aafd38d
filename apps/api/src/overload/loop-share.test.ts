import { expect, test } from 'vitest'
import { createLoopShare } from './loop-share.ts'

/** The shares of so many turns, a millisecond each unless said, in which the loop was so busy. */
function sharesOf(utilization: number, turns: number, turnMs = 1): number[] {
  let nowMs = 0
  const { take } = createLoopShare(
    () => ({ utilization, idle: 0, active: 0 }),
    () => nowMs,
  )
  return Array.from({ length: turns }, () => {
    nowMs += turnMs
    return take()
  })
}

const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0)

test('while the loop is idle enough the crowd has more and more of it, up to a bound', () => {
  const shares = sharesOf(0.3, 2_000)
  expect(sum(shares.slice(-100))).toBe(1_600)
})

test('while it is too busy the crowd has less and less, and is never shut out', () => {
  const shares = sharesOf(0.9, 2_000)
  expect(shares.slice(-1_000).every((share) => share === 1)).toBe(true)
})

test('a process that has few turns begins as much by the time', () => {
  expect(sharesOf(0.9, 2_000, 10).at(-1)).toBe(10)
  expect(sharesOf(0.9, 2_000, 1_000).at(-1)).toBe(16)
})

test('what the loop did while nobody asked does not count', () => {
  let nowMs = 0
  let utilization = 0.3
  const { take, rest } = createLoopShare(
    () => ({ utilization, idle: 0, active: 0 }),
    () => nowMs,
  )
  const pass = (ms: number): number => {
    nowMs += ms
    return take()
  }
  for (let turn = 0; turn < 2_000; turn++) pass(1)
  for (let time = 0; time < 50; time++) {
    rest()
    utilization = 1
    pass(1_000)
    utilization = 0.3
    pass(1)
  }
  expect(pass(1)).toBe(16)
})
