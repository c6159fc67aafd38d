import type { SeatId, SeatStatus } from '@greenroom/contract'
import { seatStatusOf } from '@greenroom/contract/plain'

/** How a seat is shown. `held`, `sold` and `blocked` are other people's; `mine` is held by the fan who looks. */
export type SeatLook = SeatStatus | 'selected' | 'mine'

/** What the page knows of single seats, by their place in the plan. */
export type SeatMarks = {
  selection: ReadonlySet<number>
  mine: ReadonlySet<number>
  shaking: ReadonlySet<number>
  /** Equal seats in place of lost ones. */
  offered: ReadonlySet<number>
  /** Categories that are shown in full; `null`: all. */
  categoryFilter: ReadonlySet<number> | null
}

export const noMarks: SeatMarks = {
  selection: new Set(),
  mine: new Set(),
  shaking: new Set(),
  offered: new Set(),
  categoryFilter: null,
}

/** A selected seat that someone else took meanwhile looks taken: the live state wins over the wish. */
export function lookOf(
  code: number,
  ordinal: number,
  marks: Pick<SeatMarks, 'selection' | 'mine'>,
): SeatLook {
  if (marks.mine.has(ordinal)) return 'mine'
  const status = seatStatusOf(code)
  return status === 'available' && marks.selection.has(ordinal) ? 'selected' : status
}

/** Whether a press may put the seat into the selection or take it out. */
export function canToggle(look: SeatLook): boolean {
  return look === 'available' || look === 'selected'
}

export function ordinalsOf(seatIds: ReadonlySet<SeatId>, firstSeatId: SeatId): ReadonlySet<number> {
  return new Set([...seatIds].map((seatId) => seatId - firstSeatId))
}
