import type { SeatGeometry } from './seat-geometry.ts'

/** What a ticket calls the seat; `undefined` when the plan has no such ordinal. */
export function seatNameAt(
  geometry: SeatGeometry,
  ordinal: number,
): { section: string; row: string; number: string } | undefined {
  const row = geometry.rows[geometry.rowIndex[ordinal] ?? -1]
  const section = row && geometry.sections[row.sectionIndex]
  const number = geometry.seatNumber[ordinal]
  if (row === undefined || section === undefined || number === undefined) return undefined
  return { section: section.name, row: row.label, number }
}
