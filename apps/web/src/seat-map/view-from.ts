import type { SeatGeometry } from '@greenroom/contract'

/** Where a seat looks at the stage from, as one who sits there would say it. */
export type SeatView = {
  /** `around` where the stage stands in the middle and has no front. */
  readonly side: 'front' | 'left' | 'right' | 'farLeft' | 'farRight' | 'around'
  /** To the stage, rounded as coarsely as a plan is drawn. */
  readonly metres: number
}

/** A chair and its share of the armrest: what plans without a scale are measured by. */
const seatWidthMetres = 0.5
/** Up to here the stage is straight ahead, from there on it is to one side. */
const frontDegrees = 18
const sideDegrees = 50

export function createViewFrom(geometry: SeatGeometry): (ordinal: number) => SeatView {
  const { x, y, focus, seatPitch, seatCount } = geometry
  const middle = {
    x: x.reduce((sum, value) => sum + value, 0) / Math.max(seatCount, 1),
    y: y.reduce((sum, value) => sum + value, 0) / Math.max(seatCount, 1),
  }
  const ahead = { x: middle.x - focus.x, y: middle.y - focus.y }
  const hasFront = Math.hypot(ahead.x, ahead.y) > 4 * seatPitch
  return (ordinal) => {
    const way = { x: (x[ordinal] ?? focus.x) - focus.x, y: (y[ordinal] ?? focus.y) - focus.y }
    const metres = roundMetres((Math.hypot(way.x, way.y) / seatPitch) * seatWidthMetres)
    if (!hasFront) return { side: 'around', metres }
    // positive to the left of one who faces the stage
    const degrees =
      (Math.atan2(ahead.x * way.y - ahead.y * way.x, ahead.x * way.x + ahead.y * way.y) * 180) / Math.PI
    return { side: sideAt(-degrees), metres }
  }
}

/** `degrees` to the right of one who faces the stage. */
function sideAt(degrees: number): SeatView['side'] {
  if (Math.abs(degrees) <= frontDegrees) return 'front'
  if (degrees < 0) return degrees < -sideDegrees ? 'farLeft' : 'left'
  return degrees > sideDegrees ? 'farRight' : 'right'
}

function roundMetres(metres: number): number {
  const step = metres < 20 ? 1 : metres < 60 ? 5 : 10
  return Math.max(1, Math.round(metres / step) * step)
}
