import { expect, test } from 'vitest'
import { withGaps } from './with-gaps.ts'

test('points that follow one another stay as they are, also with one missing', () => {
  const seen = { stepMs: 5_000, newestMs: 15_000 }
  expect(withGaps([0, 5_000, 15_000], [[1, 2, 3]], seen)).toEqual([
    [0, 5, 15],
    [1, 2, 3],
  ])
})

test('where more is missing there is a hole, in every column', () => {
  const seen = { stepMs: 5_000, newestMs: 65_000 }
  expect(
    withGaps(
      [0, 60_000, 65_000],
      [
        [1, 2, 3],
        [4, null, 6],
      ],
      seen,
    ),
  ).toEqual([
    [0, 5, 60, 65],
    [1, null, 2, 3],
    [4, null, null, 6],
  ])
})

test('samples that were thinned to one a minute are no holes', () => {
  const old = [0, 60_000, 120_000, 600_000]
  expect(withGaps(old, [[1, 2, 3, 4]], { stepMs: 5_000, newestMs: 86_400_000 })).toEqual([
    [0, 60, 120, 125, 600],
    [1, 2, 3, null, 4],
  ])
})

test('nothing measured is nothing drawn', () => {
  expect(withGaps([], [[], []], { stepMs: 5_000, newestMs: 0 })).toEqual([[], [], []])
})
