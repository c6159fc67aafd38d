import fc from 'fast-check'
import { expect, test } from 'vitest'
import { thinRows } from './thin-rows.ts'

test('the newest comes first, and rows lie equally far apart', () => {
  expect(thinRows(10, 4)).toEqual([9, 6, 3, 0])
  expect(thinRows(3, 30)).toEqual([2, 1, 0])
  expect(thinRows(0, 30)).toEqual([])
})

test('never more than asked for, and all of them rows', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000 }), fc.integer({ min: 1, max: 100 }), (count, most) => {
      const rows = thinRows(count, most)
      expect(rows.length).toBeLessThanOrEqual(most)
      expect(rows.every((row) => row >= 0 && row < count)).toBe(true)
    }),
  )
})
