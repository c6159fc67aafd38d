import { expect, test } from 'vitest'
import { moveInGrid } from './move-in-grid.ts'
import { makeGeometry } from './testing/make-geometry.ts'

// section A: rows of 4 (0-3), 6 (4-9) and 3 (10-12); section B: a row of 2 (13-14)
const geometry = makeGeometry([
  { name: 'A', rows: [4, 6, 3] },
  { name: 'B', rows: [2] },
])
const move = (from: number, key: string, ctrlKey = false) => moveInGrid(geometry, from, { key, ctrlKey })

test('left and right stay in their row', () => {
  expect(move(5, 'ArrowRight')).toBe(6)
  expect(move(5, 'ArrowLeft')).toBe(4)
  expect(move(9, 'ArrowRight')).toBe(9)
  expect(move(4, 'ArrowLeft')).toBe(4)
})

test('up and down go to the seat that stands nearest, also into a shorter row', () => {
  expect(move(2, 'ArrowDown')).toBe(6)
  expect(move(9, 'ArrowDown')).toBe(12)
  expect(move(9, 'ArrowUp')).toBe(3)
})

test('no arrow leaves the section', () => {
  expect(move(0, 'ArrowUp')).toBe(0)
  expect(move(12, 'ArrowDown')).toBe(12)
  expect(move(12, 'ArrowRight')).toBe(12)
})

test('Home and End go to the ends of the row, with Ctrl to those of the section', () => {
  expect(move(6, 'Home')).toBe(4)
  expect(move(6, 'End')).toBe(9)
  expect(move(6, 'Home', true)).toBe(0)
  expect(move(6, 'End', true)).toBe(12)
})

test('page keys stop at the first and the last row', () => {
  expect(move(0, 'PageDown')).toBe(10)
  expect(move(11, 'PageUp')).toBe(1)
})

test('other keys are left to the page', () => {
  expect(move(6, 'Tab')).toBeUndefined()
  expect(move(6, 'a')).toBeUndefined()
})
