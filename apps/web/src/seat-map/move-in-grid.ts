import type { SeatGeometry } from '@greenroom/contract'
import { seatPoint } from './scene.ts'

/** Rows one page key goes. */
const pageRows = 5

/**
 * Where a key leads in the grid of one section, as WAI-ARIA's grid pattern has it: arrows by one seat or row, Home and End
 * to the ends of the row, with Ctrl to those of the section, page keys by five rows. Up and down go to the seat that
 * stands nearest, since rows are seldom equally long. At an edge one stays; `undefined` for other keys.
 */
export function moveInGrid(
  geometry: SeatGeometry,
  from: number,
  press: { key: string; ctrlKey: boolean },
): number | undefined {
  const rowIndex = geometry.rowIndex[from] ?? 0
  const row = geometry.rows[rowIndex]
  const section = row && geometry.sections[row.sectionIndex]
  if (row === undefined || section === undefined) return undefined
  const lastInRow = row.firstOrdinal + row.seatCount - 1
  const toRow = (by: number): number => {
    const lastRow = section.firstRow + section.rowCount - 1
    const next = Math.min(lastRow, Math.max(section.firstRow, rowIndex + by))
    return next === rowIndex ? from : nearestInRow(geometry, from, next)
  }
  switch (press.key) {
    case 'ArrowLeft':
      return Math.max(row.firstOrdinal, from - 1)
    case 'ArrowRight':
      return Math.min(lastInRow, from + 1)
    case 'ArrowUp':
      return toRow(-1)
    case 'ArrowDown':
      return toRow(1)
    case 'PageUp':
      return toRow(-pageRows)
    case 'PageDown':
      return toRow(pageRows)
    case 'Home':
      return press.ctrlKey ? section.firstOrdinal : row.firstOrdinal
    case 'End':
      return press.ctrlKey ? section.firstOrdinal + section.seatCount - 1 : lastInRow
    default:
      return undefined
  }
}

function nearestInRow(geometry: SeatGeometry, from: number, rowIndex: number): number {
  const row = geometry.rows[rowIndex]
  if (row === undefined) return from
  const start = seatPoint(geometry, from)
  let best = { ordinal: row.firstOrdinal, distance: Infinity }
  for (let ordinal = row.firstOrdinal; ordinal < row.firstOrdinal + row.seatCount; ordinal++) {
    const { x, y } = seatPoint(geometry, ordinal)
    const distance = Math.hypot(x - start.x, y - start.y)
    if (distance < best.distance) best = { ordinal, distance }
  }
  return best.ordinal
}
