import type { SeatGeometry } from '@greenroom/contract'
import type { Palette } from './palette.ts'
import type { SeatBoard } from './seat-board.ts'
import type { SeatIndex } from './seat-index.ts'
import type { SeatMarks } from './seat-look.ts'
import type { Box } from './view.ts'

/** Everything a picture is made of; painters read it and change nothing. */
export type Scene = {
  readonly geometry: SeatGeometry
  readonly index: SeatIndex
  readonly board: SeatBoard
  readonly palette: Palette
  readonly marks: SeatMarks
  /** The plan with its stage and some air: what "overview" shows. */
  readonly planBox: Box
  /** The usual seat's radius as it is drawn, in plan units. */
  readonly seatRadius: number
}

/** Seats never touch: the gap between two neighbours is at least a tenth of their distance. */
export function seatRadiusOf(geometry: SeatGeometry): number {
  const sorted = geometry.radius.toSorted()
  const usual = sorted[sorted.length >> 1] ?? geometry.seatPitch / 2
  return Math.min(Math.max(usual, geometry.seatPitch * 0.4), geometry.seatPitch * 0.45)
}

export function seatPoint(geometry: SeatGeometry, ordinal: number): { x: number; y: number } {
  return { x: geometry.x[ordinal] ?? 0, y: geometry.y[ordinal] ?? 0 }
}
