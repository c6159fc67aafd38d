import { expect, test } from 'vitest'
import type { SeatGeometry } from './seat-geometry.ts'
import { findSeatRuns, singleSeatsBeside } from './seat-runs.ts'

/** Rows as texts: `o` a seat, a space an aisle. */
function hall(...rows: string[]): SeatGeometry {
  const seats = rows.flatMap((row, y) =>
    row.split('').flatMap((letter, x) => (letter === 'o' ? [{ x, y }] : [])),
  )
  let firstOrdinal = 0
  return {
    name: '',
    step: 1,
    bounds: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
    focus: { x: 0, y: 0 },
    seatPitch: 1,
    guidDigest: '',
    categories: [],
    decorations: [],
    seatCount: seats.length,
    sections: [],
    rows: rows.map((row) => {
      const seatCount = row.replaceAll(' ', '').length
      firstOrdinal += seatCount
      return { label: '', sectionIndex: 0, firstOrdinal: firstOrdinal - seatCount, seatCount }
    }),
    x: Float32Array.from(seats, ({ x }) => x),
    y: Float32Array.from(seats, ({ y }) => y),
    radius: new Uint16Array(seats.length),
    categoryCode: new Uint8Array(seats.length),
    rowIndex: new Uint32Array(seats.length),
    seatNumber: seats.map(() => ''),
  }
}

test('a run ends at an aisle and at the end of its row', () => {
  const { runStart, runEnd } = findSeatRuns(hall('oo ooo', 'o'))
  expect([...runStart]).toEqual([0, 0, 2, 2, 2, 5])
  expect([...runEnd]).toEqual([2, 2, 5, 5, 5, 6])
})

test('a seat is left alone when its other side is taken, an aisle or a wall', () => {
  const runs = findSeatRuns(hall('ooooo oo'))
  const all = () => true
  expect(singleSeatsBeside(runs, { start: 1, end: 3 }, all)).toEqual([0])
  expect(singleSeatsBeside(runs, { start: 1, end: 4 }, all)).toEqual([0, 4])
  expect(singleSeatsBeside(runs, { start: 0, end: 3 }, all)).toEqual([])
  expect(singleSeatsBeside(runs, { start: 0, end: 5 }, all)).toEqual([])
  expect(singleSeatsBeside(runs, { start: 0, end: 3 }, (seat) => seat !== 4)).toEqual([3])
})
