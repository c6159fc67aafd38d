import { rowDepth, type Spot } from './venue-plan.ts'

/** Part of a circle, angles in radians clockwise from the x axis (the plan's y grows downward). */
export type Arc = { centre: Spot; radius: number; from: number; to: number }

export function spotAt({ centre, radius }: Arc, angle: number): Spot {
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
}

/** The same part of the circle `metres` further out: how one row of a stand lies behind another. */
export function pushOut(arc: Arc, metres: number): Arc {
  return { ...arc, radius: arc.radius + metres }
}

/** Equal parts of an arc, in its order. */
export function divide(arc: Arc, parts: number): Arc[] {
  const width = (arc.to - arc.from) / parts
  return Array.from({ length: parts }, (_, part) => ({
    ...arc,
    from: arc.from + part * width,
    to: arc.from + (part + 1) * width,
  }))
}

/** As many seats as fit side by side, half an aisle left free at both ends, the row centred on its arc. */
export function seatsAlong(arc: Arc, pitch: number, aisle: number): Spot[] {
  const free = arc.radius * (arc.to - arc.from) - aisle
  const count = Math.max(0, Math.floor(free / pitch + 1e-6))
  const turn = pitch / arc.radius
  const first = (arc.from + arc.to) / 2 - ((count - 1) * turn) / 2
  return Array.from({ length: count }, (_, index) => spotAt(arc, first + index * turn))
}

/** How many parts keep the rows of a stand between two aisles within `maxSeats`. */
export function partsFor(
  arc: Arc,
  rows: number,
  limits: { pitch: number; aisle: number; maxSeats: number },
): number {
  const longest = (arc.radius + (rows - 1) * rowDepth) * (arc.to - arc.from)
  return Math.max(1, Math.ceil(longest / (limits.maxSeats * limits.pitch + limits.aisle)))
}

export type RingShape = {
  /** From the middle to the first row, across and along. */
  halfWidth: number
  halfLength: number
  /** Large: gently curved sides and ends, which turn into each other in tight corners. */
  sideRadius: number
  endRadius: number
  cornerRadius: number
}

/**
 * The first row of a bowl: eight arcs that run into each other without a kink, clockwise from the upper right corner.
 * Rows behind it are the same arcs pushed out, which is how stadiums are drawn up.
 */
export function ringArcs(shape: RingShape): Arc[] {
  const { halfWidth, halfLength, sideRadius, endRadius, cornerRadius } = shape
  const side = halfWidth - sideRadius
  const end = halfLength - endRadius
  const corner = cornerCentre(shape)
  // where the side arc hands over to the corner, and the corner to the end arc
  const low = Math.atan2(corner.y, corner.x - side)
  const high = Math.atan2(corner.y - end, corner.x)
  const turns = Math.PI / 2
  const corners = [
    { x: corner.x, y: -corner.y, from: -high, to: -low },
    { x: corner.x, y: corner.y, from: low, to: high },
    { x: -corner.x, y: corner.y, from: Math.PI - high, to: Math.PI - low },
    { x: -corner.x, y: -corner.y, from: Math.PI + low, to: Math.PI + high },
  ].map(({ x, y, from, to }) => ({ centre: { x, y }, radius: cornerRadius, from, to }))
  const [upperRight, lowerRight, lowerLeft, upperLeft] = corners
  const right = { centre: { x: side, y: 0 }, radius: sideRadius, from: -low, to: low }
  const bottom = { centre: { x: 0, y: end }, radius: endRadius, from: high, to: 2 * turns - high }
  const left = { centre: { x: -side, y: 0 }, radius: sideRadius, from: 2 * turns - low, to: 2 * turns + low }
  const top = { centre: { x: 0, y: -end }, radius: endRadius, from: 2 * turns + high, to: 4 * turns - high }
  return [upperRight, right, lowerRight, bottom, lowerLeft, left, upperLeft, top].filter(
    (arc) => arc !== undefined,
  )
}

/** The corner's circle touches both the side's and the end's from inside: its centre is where two circles meet. */
function cornerCentre({ halfWidth, halfLength, sideRadius, endRadius, cornerRadius }: RingShape): Spot {
  const one = { x: halfWidth - sideRadius, y: 0, radius: sideRadius - cornerRadius }
  const other = { x: 0, y: halfLength - endRadius, radius: endRadius - cornerRadius }
  const dx = other.x - one.x
  const dy = other.y - one.y
  const apart = Math.hypot(dx, dy)
  const along = (one.radius ** 2 - other.radius ** 2 + apart ** 2) / (2 * apart)
  const across = one.radius ** 2 - along ** 2
  if (!(across > 0)) throw new RangeError('these radii make no closed ring')
  const height = Math.sqrt(across)
  const candidates = [1, -1].map((way) => ({
    x: one.x + (along * dx - way * height * dy) / apart,
    y: one.y + (along * dy + way * height * dx) / apart,
  }))
  const found = candidates.find((spot) => spot.x > 0 && spot.y > 0)
  if (found === undefined) throw new RangeError('these radii put the corner outside')
  return found
}
