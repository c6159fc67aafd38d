import type { SeatGeometry } from './seat-geometry.ts'

/** Neighbours further apart than this many usual distances have an aisle between them. */
const aisleFactor = 1.75

/**
 * Who sits beside whom. A run is a stretch of seats in one row with no aisle in between, in order: that of a seat begins at
 * `runStart[ordinal]` and ends before `runEnd[ordinal]`.
 */
export type SeatRuns = { readonly runStart: Uint32Array; readonly runEnd: Uint32Array }

export function findSeatRuns({ seatCount, x, y, seatPitch, rows }: SeatGeometry): SeatRuns {
  const runStart = new Uint32Array(seatCount)
  const runEnd = new Uint32Array(seatCount)
  const isAisleAfter = (seat: number): boolean =>
    Math.hypot((x[seat] ?? 0) - (x[seat + 1] ?? 0), (y[seat] ?? 0) - (y[seat + 1] ?? 0)) >
    aisleFactor * seatPitch
  for (const { firstOrdinal, seatCount: length } of rows) {
    let start = firstOrdinal
    for (let seat = start; seat < firstOrdinal + length; seat++) {
      if (seat + 1 < firstOrdinal + length && !isAisleAfter(seat)) continue
      runStart.fill(start, start, seat + 1)
      runEnd.fill(seat + 1, start, seat + 1)
      start = seat + 1
    }
  }
  return { runStart, runEnd }
}

/**
 * The open seats that would be left alone, with nobody to sit beside, if the group from `start` up to `end` (exclusive, in one
 * run) were taken: what neither a fan nor the house wants.
 */
export function singleSeatsBeside(
  { runStart, runEnd }: SeatRuns,
  group: { start: number; end: number },
  isOpen: (ordinal: number) => boolean,
): number[] {
  const first = runStart[group.start] ?? group.start
  const last = (runEnd[group.start] ?? group.end) - 1
  const isOpenInRun = (seat: number): boolean => seat >= first && seat <= last && isOpen(seat)
  return [
    { seat: group.start - 1, beyond: group.start - 2 },
    { seat: group.end, beyond: group.end + 1 },
  ].flatMap(({ seat, beyond }) => (isOpenInRun(seat) && !isOpenInRun(beyond) ? [seat] : []))
}
