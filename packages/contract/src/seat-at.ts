import type { SeatId } from './ids.ts'

/** The seat with that place in the plan: a show's seat ids are consecutive. */
export function seatAt(firstSeatId: SeatId, ordinal: number): SeatId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a sum of ids' own kind, which is all that the brand says
  return (firstSeatId + ordinal) as SeatId
}
