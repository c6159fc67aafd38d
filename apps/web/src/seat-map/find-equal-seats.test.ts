import { expect, test } from 'vitest'
import { findEqualSeats } from './find-equal-seats.ts'
import { seatPlanOf } from './seat-plan.ts'
import { makeGeometry } from './testing/make-geometry.ts'

/** Sections A and C are of one category, B between them of another. */
const plan = seatPlanOf(
  makeGeometry([
    { name: 'A', rows: [6, 6] },
    { name: 'B', rows: [6] },
    { name: 'C', rows: [6] },
  ]),
)
const openIn = (states: string) => (ordinal: number) => states.replaceAll(' ', '')[ordinal] === '.'
const offer = (lost: number[], states: string) => findEqualSeats(plan, { lost, canHave: openIn(states) })

test('the nearest seat of the same price is offered, however near a dearer one is', () => {
  expect(offer([2], '..x... ...... ...... ......')).toEqual([3])
  expect(offer([5], 'xxxxxx xxxxxx ...... ......')).toEqual([18])
})

test('as many as were lost, side by side if that can be had', () => {
  expect(offer([0, 1], 'xx.x.x ...... ...... ......')).toEqual([6, 7])
  expect(offer([0, 1], 'xx.x.x xxxxxx ...... xxxxxx')).toEqual([2, 4])
})

test('a place that leaves a seat alone is worse than one a little further away', () => {
  expect(offer([2], '..x... xxx... ...... ......')).toEqual([3])
  expect(offer([0], 'x..xxx x..... ...... ......')).toEqual([7])
})

test('fewer or none when that price has no more', () => {
  expect(offer([0, 1], 'xxxxx. xxxxxx ...... xxxxxx')).toEqual([5])
  expect(offer([0], 'xxxxxx xxxxxx ...... xxxxxx')).toEqual([])
})
