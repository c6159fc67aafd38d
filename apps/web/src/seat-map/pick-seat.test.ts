import { describe, expect, test } from 'vitest'
import { pickSeat } from './pick-seat.ts'
import { createSeatIndex } from './seat-index.ts'
import { makeGeometry } from './testing/make-geometry.ts'

// one row: seats at x 0, 10, 20, ..., radius 4; 2 CSS pixels a unit
const geometry = makeGeometry([{ name: 'A', rows: [6] }])
const plan = { geometry, index: createSeatIndex(geometry) }
const view = { k: 2, x: 100, y: 100 }
const press = (x: number, y: number, free: readonly number[], pointer: 'mouse' | 'finger' = 'finger') =>
  pickSeat(plan, {
    view,
    at: { x: 100 + x * 2, y: 100 + y * 2 },
    pointer,
    canHave: (ordinal) => free.includes(ordinal),
  })

const all = [0, 1, 2, 3, 4, 5]

describe('a finger', () => {
  test('hits the seat it is on', () => {
    expect(press(21, 1, all)).toBe(2)
  })
  test('hits a seat that cannot be had when it is on it, so that the fan is told why', () => {
    expect(press(21, 1, [0, 1, 3, 4, 5])).toBe(2)
  })
  test('between seats takes the one that can be had, though another is nearer', () => {
    expect(press(14.4, 0, [2])).toBe(2)
    // the twin: were both to be had, the nearer one
    expect(press(14.4, 0, [1, 2])).toBe(1)
  })
  test('may miss by 22 pixels and no more', () => {
    expect(press(0, -10.9, all)).toBe(0)
    expect(press(0, -11.1, all)).toBeUndefined()
  })
})

test('a mouse may miss by 8 pixels and no more', () => {
  expect(press(0, -3.9, all, 'mouse')).toBe(0)
  expect(press(0, -6, all, 'mouse')).toBeUndefined()
})

test('of two seats drawn over each other the one that can be had is meant', () => {
  const double = makeGeometry([{ name: 'A', rows: [2] }])
  double.x[1] = 1
  const at = { view, at: { x: 100, y: 100 }, pointer: 'finger' as const }
  const twice = { geometry: double, index: createSeatIndex(double) }
  expect(pickSeat(twice, { ...at, canHave: (ordinal) => ordinal === 1 })).toBe(1)
  expect(pickSeat(twice, { ...at, canHave: () => true })).toBe(0)
})
