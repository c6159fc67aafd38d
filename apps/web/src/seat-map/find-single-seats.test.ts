import { expect, test } from 'vitest'
import { findSingleSeats } from './find-single-seats.ts'
import { seatPlanOf } from './seat-plan.ts'
import { makeGeometry } from './testing/make-geometry.ts'

const plan = seatPlanOf(makeGeometry([{ name: 'A', rows: [6, 6] }]))
const find = (picked: number[], states = '...... ......') =>
  findSingleSeats(plan, {
    picked: new Set(picked),
    canHave: (ordinal) => states.replaceAll(' ', '')[ordinal] === '.',
  })

test('a pick that leaves a seat alone is told, with the nearest place in the row that leaves none', () => {
  expect(find([1, 2])).toEqual({ alone: [0], group: [1, 2], instead: [0, 1] })
  expect(find([3], '..x... ......')).toBeUndefined()
  expect(find([4], '..x... ......')).toEqual({ alone: [3, 5], group: [4], instead: [3] })
})

test('a pick that leaves none alone is fine, and so is one that cannot help it', () => {
  expect(find([0, 1])).toBeUndefined()
  expect(find([0, 1], '...xxx ......')).toBeUndefined()
})

test('each group is looked at by itself', () => {
  expect(find([0, 1, 7, 8])).toEqual({ alone: [6], group: [7, 8], instead: [6, 7] })
})
