import { expect, test } from 'vitest'
import { outlineRows } from './outline-rows.ts'
import type { PlacedRow } from './plan-rows.ts'
import { isInside, type Point } from './polygon.ts'

const pitch = 20

/** Rows on circles around (0, 0), over the given angles in degrees. */
function curvedRows(angles: { from: number; to: number }, radii: number[]): PlacedRow[] {
  return radii.map((radius) => {
    const count = Math.floor((radius * ((angles.to - angles.from) * Math.PI)) / 180 / pitch)
    return rowOf(
      Array.from({ length: count }, (_, index) => {
        const angle = ((angles.from + ((index + 0.5) * (angles.to - angles.from)) / count) * Math.PI) / 180
        return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
      }),
    )
  })
}

function rowOf(points: Point[]): PlacedRow {
  const seat = { seat_guid: '', seat_number: '', position: { x: 0, y: 0 }, category: '' }
  const [first, ...others] = points.map((point) => ({ ...point, number: '1', seat }))
  if (first === undefined) throw new Error('an empty row')
  return { label: '1', seats: [first, ...others] }
}

function ringOf(flat: number[]): Point[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => ({
    x: flat[2 * index] ?? NaN,
    y: flat[2 * index + 1] ?? NaN,
  }))
}

const radii = [400, 430, 460, 490, 520]

test.each([
  ['a wedge', curvedRows({ from: 20, to: 60 }, radii)],
  ['half a ring', curvedRows({ from: 0, to: 180 }, radii)],
  ['rows numbered from alternating sides', alternate(curvedRows({ from: 20, to: 90 }, radii))],
  ['one row', curvedRows({ from: 20, to: 60 }, [400])],
  ['one seat', [rowOf([{ x: 0, y: 0 }])]],
  ['a column of single seats', radii.map((y) => rowOf([{ x: 0, y }]))],
  ['rows that cross', [rowOf(line(-200, -200, 200, 200)), rowOf(line(-200, 200, 200, -200))]],
])('the outline of %s holds every seat', (_, rows) => {
  const ring = ringOf(outlineRows(rows, pitch))
  for (const seat of rows.flatMap((row) => row.seats)) expect(isInside(ring, seat)).toBe(true)
})

test('the outline of half a ring leaves the middle free, which a convex hull would fill', () => {
  const ring = ringOf(outlineRows(curvedRows({ from: 0, to: 180 }, radii), pitch))
  expect(isInside(ring, { x: 0, y: 200 })).toBe(false)
})

test('straight rows need few corners', () => {
  const rows = [0, 30, 60, 90].map((y) => rowOf(line(0, y, 400, y)))
  expect(outlineRows(rows, pitch).length / 2).toBeLessThanOrEqual(6)
})

function alternate(rows: PlacedRow[]): PlacedRow[] {
  return rows.map((row, index) => (index % 2 === 0 ? row : rowOf(row.seats.toReversed())))
}

function line(x0: number, y0: number, x1: number, y1: number): Point[] {
  const count = Math.floor(Math.hypot(x1 - x0, y1 - y0) / pitch)
  return Array.from({ length: count }, (_, index) => ({
    x: x0 + ((x1 - x0) * index) / (count - 1),
    y: y0 + ((y1 - y0) * index) / (count - 1),
  }))
}
