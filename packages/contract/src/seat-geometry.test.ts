import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeSeatGeometry } from './decode-seat-geometry.ts'
import { encodeSeatGeometry } from './encode-seat-geometry.ts'
import { maxSeatsPerPlan } from './geometry-layout.ts'
import type { Decoration, SeatGeometry } from './seat-geometry.ts'
import { seatNameAt } from './seat-name.ts'

const step = 0.5
/** On the grid of `step`, as every position in a file is. */
const gridPoint = fc.record({
  x: fc.integer({ min: -999, max: 60_000 }),
  y: fc.integer({ min: -999, max: 60_000 }),
})
const seat = fc.record({
  at: gridPoint,
  number: fc.oneof(fc.integer({ min: 0, max: 999 }).map(String), fc.string({ maxLength: 6 })),
  category: fc.integer({ min: 0, max: 4 }),
  radius: fc.constantFrom(8, 8, 8, 12),
})
const row = fc.record({
  label: fc.string({ maxLength: 6 }),
  seats: fc.array(seat, { minLength: 1, maxLength: 9 }),
})
const section = fc.record({
  name: fc.string({ unit: 'grapheme', maxLength: 12 }),
  label: gridPoint,
  outlines: fc.array(fc.array(gridPoint, { maxLength: 6 }), { maxLength: 3 }),
  rows: fc.array(row, { maxLength: 5 }),
})

const decorations: Decoration[] = [
  {
    shape: 'polygon',
    position: { x: 1, y: 2 },
    rotation: 30,
    color: '#123456',
    borderColor: '#000000',
    text: { text: '무대', color: '#ffffff', size: 20, position: { x: 3, y: 4 } },
    points: [
      { x: 0, y: 0 },
      { x: 5.5, y: 1 },
    ],
  },
  {
    shape: 'circle',
    position: { x: 1, y: 2 },
    rotation: 0,
    color: '#123456',
    borderColor: '#000000',
    text: null,
    radius: 4,
  },
]

const geometry = fc.array(section, { minLength: 1, maxLength: 4 }).map((sections): SeatGeometry => {
  const rows = sections.flatMap((one, sectionIndex) => one.rows.map((each) => ({ ...each, sectionIndex })))
  const seats = rows.flatMap((each, rowIndex) => each.seats.map((one) => ({ ...one, rowIndex })))
  const countBefore = (rowIndex: number): number => seats.filter((one) => one.rowIndex < rowIndex).length
  let firstRow = 0
  return {
    name: '광장 Plaza',
    step,
    bounds: { minX: -500, minY: -500, maxX: 30_000, maxY: 30_000 },
    focus: { x: 10, y: 20.25 },
    seatPitch: 20,
    guidDigest: 'abc',
    categories: ['VIP', 'R', 'S', 'A', 'B'].map((name) => ({ name, color: '#aabbcc' })),
    decorations,
    seatCount: seats.length,
    sections: sections.map((one) => {
      const own = { firstRow, rowCount: one.rows.length, firstOrdinal: countBefore(firstRow) }
      firstRow += one.rows.length
      return {
        name: one.name,
        ...own,
        firstOrdinal: own.rowCount === 0 ? 0 : own.firstOrdinal,
        seatCount: one.rows.reduce((sum, each) => sum + each.seats.length, 0),
        label: { x: one.label.x * step, y: one.label.y * step },
        outlines: one.outlines.map((outline) => outline.flatMap(({ x, y }) => [x * step, y * step])),
      }
    }),
    rows: rows.map((each, rowIndex) => ({
      label: each.label,
      sectionIndex: each.sectionIndex,
      firstOrdinal: countBefore(rowIndex),
      seatCount: each.seats.length,
    })),
    x: Float32Array.from(seats, (one) => one.at.x * step),
    y: Float32Array.from(seats, (one) => one.at.y * step),
    radius: Uint16Array.from(seats, (one) => one.radius),
    categoryCode: Uint8Array.from(seats, (one) => one.category),
    rowIndex: Uint32Array.from(seats, (one) => one.rowIndex),
    seatNumber: seats.map((one) => one.number),
  }
})

test('whatever is encoded is decoded again, to the last seat', () => {
  fc.assert(
    fc.property(geometry, (original) => {
      expect(decodeSeatGeometry(encodeSeatGeometry(original))).toEqual(original)
    }),
  )
})

test('the same plan gives the same bytes, so its hash is its name', () => {
  fc.assert(
    fc.property(geometry, (original) => {
      const bytes = encodeSeatGeometry(original)
      expect(encodeSeatGeometry(decodeSeatGeometry(bytes))).toEqual(bytes)
    }),
  )
})

test('a position off the grid moves by half a step at most', () => {
  const [original] = fc.sample(
    geometry.filter((one) => one.seatCount > 0),
    { numRuns: 1, seed: 1 },
  )
  if (original === undefined) throw new Error('no sample')
  const moved = { ...original, x: original.x.map((x) => x + 0.2) }
  const decoded = decodeSeatGeometry(encodeSeatGeometry(moved))
  expect(decoded.x.every((x, seatIndex) => Math.abs(x - (moved.x[seatIndex] ?? NaN)) <= step / 2)).toBe(true)
})

test('a file that is cut off anywhere is refused, never half read', () => {
  const [original] = fc.sample(
    geometry.filter((one) => one.seatCount > 3),
    { numRuns: 1, seed: 2 },
  )
  if (original === undefined) throw new Error('no sample')
  const bytes = encodeSeatGeometry(original)
  const read = Array.from(bytes.keys()).filter((length) => canDecode(bytes.subarray(0, length)))
  expect(read).toEqual([])
  expect(canDecode(bytes)).toBe(true)
})

test('a damaged byte is refused or read as some plan of bounded size: it never hangs or takes the memory', () => {
  const [original] = fc.sample(
    geometry.filter((one) => one.seatCount > 3),
    { numRuns: 1, seed: 3 },
  )
  if (original === undefined) throw new Error('no sample')
  const bytes = encodeSeatGeometry(original)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, flip) => {
      const damaged = Uint8Array.from(bytes)
      damaged[position] = (damaged[position] ?? 0) ^ flip
      expect(canDecode(damaged)).toBeTypeOf('boolean')
    }),
  )
})

test('another version of the format is refused', () => {
  const [original] = fc.sample(geometry, 1)
  if (original === undefined) throw new Error('no sample')
  const bytes = encodeSeatGeometry(original)
  bytes[4] = 2
  expect(() => decodeSeatGeometry(bytes)).toThrow('version')
})

test('a row of counting numbers takes no byte a seat for them', () => {
  const rowOf = (numbers: string[]): number => encodeSeatGeometry(straightRow(numbers)).length
  const short = rowOf(Array.from({ length: 50 }, (_, seatIndex) => `S${seatIndex * 2 + 1}`))
  const long = rowOf(Array.from({ length: 60 }, (_, seatIndex) => `S${seatIndex * 2 + 1}`))
  // two bytes a seat are its position; the numbers add none
  expect(long - short).toBe(20)
  const irregular = rowOf(Array.from({ length: 50 }, (_, seatIndex) => `S${(seatIndex * 7) % 50}`))
  expect(irregular).toBeGreaterThan(short + 50)
})

test("a seat's name is its section, its row and its number", () => {
  const plan = straightRow(['7', '8'])
  expect(seatNameAt(plan, 1)).toEqual({ section: 'Floor', row: 'A', number: '8' })
  expect(seatNameAt(plan, 2)).toBeUndefined()
})

function canDecode(bytes: Uint8Array): boolean {
  try {
    return decodeSeatGeometry(bytes).seatCount <= maxSeatsPerPlan
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

function straightRow(seatNumber: string[]): SeatGeometry {
  const seatCount = seatNumber.length
  return {
    name: 'Row',
    step,
    bounds: { minX: 0, minY: 0, maxX: 20 * seatCount, maxY: 20 },
    focus: { x: 0, y: 0 },
    seatPitch: 20,
    guidDigest: '',
    categories: [{ name: 'A', color: '#ffffff' }],
    decorations: [],
    seatCount,
    sections: [
      {
        name: 'Floor',
        firstRow: 0,
        rowCount: 1,
        firstOrdinal: 0,
        seatCount,
        label: { x: 0, y: 0 },
        outlines: [],
      },
    ],
    rows: [{ label: 'A', sectionIndex: 0, firstOrdinal: 0, seatCount }],
    x: Float32Array.from(seatNumber, (_, seatIndex) => 20 * seatIndex),
    y: Float32Array.from(seatNumber, () => 10),
    radius: new Uint16Array(seatCount).fill(8),
    categoryCode: new Uint8Array(seatCount),
    rowIndex: new Uint32Array(seatCount),
    seatNumber,
  }
}
