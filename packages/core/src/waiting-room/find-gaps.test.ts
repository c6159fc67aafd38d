import { expect, test } from 'vitest'
import { findGaps } from './find-gaps.ts'

const entryOf = (epoch: number, number: number): number => epoch * 2 ** 40 + number
const told = (...entries: [entry: number, atMs: number][]) =>
  entries.map(([entry, atMs]) => ({ entry, atMs, move: 'left' as const, fanIds: [] }))
const last = { entry: entryOf(1, 4), atMs: 1_000 }

test('entries that follow each other leave no gap, nor does nothing new', () => {
  const entries = told([entryOf(1, 5), 2_000], [entryOf(1, 6), 3_000])
  expect(findGaps(last, { entries, newestEntry: entryOf(1, 6), nowMs: 9_000 }, true)).toEqual([])
  expect(findGaps(last, { entries: [], newestEntry: last.entry, nowMs: 9_000 }, true)).toEqual([])
})

test('a number that is left out was dropped before it was copied', () => {
  const entries = told([entryOf(1, 9), 2_000])
  expect(findGaps(last, { entries, newestEntry: entryOf(1, 9), nowMs: 9_000 }, true)).toEqual([
    { fromMs: 1_000, toMs: 2_000, reason: 'tooLate' },
  ])
})

test('a new epoch may have forgotten the last entries of the one before, also with none of its own yet', () => {
  const entries = told([entryOf(1, 5), 2_000], [entryOf(2, 1), 4_000])
  expect(findGaps(last, { entries, newestEntry: entryOf(2, 1), nowMs: 9_000 }, true)).toEqual([
    { fromMs: 2_000, toMs: 4_000, reason: 'redisLost' },
  ])
  expect(findGaps(last, { entries: [], newestEntry: entryOf(2, 0), nowMs: 9_000 }, true)).toEqual([
    { fromMs: 1_000, toMs: 9_000, reason: 'redisLost' },
  ])
})

test('what was told and is not there is missing, unless there is more to read', () => {
  const lost = { entries: told([entryOf(1, 5), 2_000]), newestEntry: entryOf(1, 8), nowMs: 9_000 }
  expect(findGaps(last, lost, true)).toEqual([{ fromMs: 2_000, toMs: 9_000, reason: 'tooLate' }])
  expect(findGaps(last, lost, false)).toEqual([])
})
