import { expect, test } from 'vitest'
import { median, quantile } from './statistics.ts'

test('the median is the middle value, or the mean of the two in the middle, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 10, 1, 2])).toBe(3)
  expect(median([7])).toBe(7)
})

test('one round out of five that went wrong does not move the median, as it would move the mean', () => {
  expect(median([100, 101, 99, 100, 3])).toBe(100)
})

test('a quantile is a value that was measured, and that many are not above it', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(quantile(hundred, 0.5)).toBe(50)
  expect(quantile(hundred, 0.99)).toBe(99)
  expect(quantile(hundred, 1)).toBe(100)
  expect(quantile([2, 10], 0)).toBe(2)
})

test('numbers are ordered as numbers, not as text', () => {
  expect(quantile([10, 9, 100], 1)).toBe(100)
  expect(median([10, 9, 100])).toBe(10)
})

test('of nothing there is neither', () => {
  expect(median([])).toBeNaN()
  expect(quantile([], 0.5)).toBeNaN()
})
