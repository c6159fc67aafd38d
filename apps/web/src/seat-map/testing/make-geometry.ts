import { type SeatGeometry, type SeatStatus, seatId, showId } from '@greenroom/contract'
import { seatStatusCode } from '@greenroom/contract/plain'
import type { SeatState } from '@greenroom/client'

/** A small plan: each section is a block of rows 10 units apart with seats 10 units apart, blocks 100 units apart in x. */
export function makeGeometry(sections: readonly { name: string; rows: readonly number[] }[]): SeatGeometry {
  const seats: { x: number; y: number; row: number; number: string; category: number }[] = []
  const rows: SeatGeometry['rows'] = []
  const blocks: SeatGeometry['sections'] = []
  sections.forEach(({ name, rows: sizes }, sectionIndex) => {
    const left = sectionIndex * 100
    const firstRow = rows.length
    const firstOrdinal = seats.length
    sizes.forEach((seatCount, index) => {
      rows.push({
        label: String.fromCodePoint(65 + index),
        sectionIndex,
        firstOrdinal: seats.length,
        seatCount,
      })
      for (let n = 0; n < seatCount; n++) {
        seats.push({
          x: left + n * 10,
          y: index * 10,
          row: rows.length - 1,
          number: String(n + 1),
          category: sectionIndex % 2,
        })
      }
    })
    const right = left + (Math.max(...sizes) - 1) * 10 + 5
    const bottom = (sizes.length - 1) * 10 + 5
    blocks.push({
      name,
      firstRow,
      rowCount: sizes.length,
      firstOrdinal,
      seatCount: seats.length - firstOrdinal,
      label: { x: (left + right) / 2, y: bottom / 2 },
      outlines: [[left - 5, -5, right, -5, right, bottom, left - 5, bottom]],
    })
  })
  return {
    name: 'test plan',
    step: 1,
    bounds: {
      minX: -10,
      minY: -10,
      maxX: Math.max(...seats.map(({ x }) => x)) + 10,
      maxY: Math.max(...seats.map(({ y }) => y)) + 10,
    },
    focus: { x: 50, y: -50 },
    seatPitch: 10,
    guidDigest: '',
    categories: [
      { name: 'R', color: '#d55e00' },
      { name: 'S', color: '#e69f00' },
    ],
    decorations: [],
    seatCount: seats.length,
    sections: blocks,
    rows,
    x: Float32Array.from(seats, ({ x }) => x),
    y: Float32Array.from(seats, ({ y }) => y),
    radius: Uint16Array.from(seats, () => 4),
    categoryCode: Uint8Array.from(seats, ({ category }) => category),
    rowIndex: Uint32Array.from(seats, ({ row }) => row),
    seatNumber: seats.map(({ number }) => number),
  }
}

/** A show of that plan whose first seat has id 1001; all seats available but those given. */
export function makeSeatState(
  geometry: SeatGeometry,
  taken: Partial<Record<number, SeatStatus>> = {},
): SeatState {
  return {
    showId: showId.parse(1),
    firstSeatId: seatId.parse(1001),
    seatCount: geometry.seatCount,
    seq: 1,
    codes: Uint8Array.from(
      { length: geometry.seatCount },
      (_, ordinal) => seatStatusCode[taken[ordinal] ?? 'available'],
    ),
    versions: new Uint32Array(geometry.seatCount),
  }
}
