import type { SeatGeometry } from '@greenroom/contract'
import { seatStatusCode } from '@greenroom/contract/plain'

/** How many seats of each section, and of each category in it, can still be had. */
export type SectionStock = {
  countSection: (section: number) => number
  count: (section: number, category: number) => number
  /** Everything anew. */
  recount: (codes: Uint8Array) => void
  /** One seat went from one code to another. */
  move: (ordinal: number, from: number, to: number) => void
}

export function createSectionStock(geometry: SeatGeometry): SectionStock {
  const categories = geometry.categories.length
  const cells = new Int32Array(geometry.sections.length * categories)
  const totals = new Int32Array(geometry.sections.length)
  const add = (ordinal: number, by: number): void => {
    const section = sectionOf(geometry, ordinal)
    const cell = section * categories + (geometry.categoryCode[ordinal] ?? 0)
    cells[cell] = (cells[cell] ?? 0) + by
    totals[section] = (totals[section] ?? 0) + by
  }
  return {
    countSection: (section) => totals[section] ?? 0,
    count: (section, category) => cells[section * categories + category] ?? 0,
    recount: (codes) => {
      cells.fill(0)
      totals.fill(0)
      codes.forEach((code, ordinal) => {
        if (code === seatStatusCode.available) add(ordinal, 1)
      })
    },
    move: (ordinal, from, to) => {
      if (from === to) return
      if (from === seatStatusCode.available) add(ordinal, -1)
      if (to === seatStatusCode.available) add(ordinal, 1)
    },
  }
}

export function sectionOf(geometry: SeatGeometry, ordinal: number): number {
  return geometry.rows[geometry.rowIndex[ordinal] ?? 0]?.sectionIndex ?? 0
}
