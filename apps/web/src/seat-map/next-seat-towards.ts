import type { SeatGeometry } from '@greenroom/contract'
import type { SeatIndex } from './seat-index.ts'
import { seatPoint } from './scene.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const headings: Record<Direction, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
}

/** An aisle is some 3 pitches wide, a gap between two tiers some 10. */
const reachPitches = 16

/**
 * The seat an arrow key leads to on the map: near, and more ahead than aside, as it looks on the screen, so that it
 * works in blocks turned any way. `undefined` at the edge of the plan.
 */
export function nextSeatTowards(
  { geometry, index }: { geometry: SeatGeometry; index: SeatIndex },
  from: number,
  direction: Direction,
): number | undefined {
  const start = seatPoint(geometry, from)
  const heading = headings[direction]
  const reach = geometry.seatPitch * reachPitches
  const box = { minX: start.x - reach, minY: start.y - reach, maxX: start.x + reach, maxY: start.y + reach }
  let best: { ordinal: number; cost: number } | undefined
  for (const ordinal of index.seatsIn(box)) {
    const { x, y } = seatPoint(geometry, ordinal)
    const ahead = (x - start.x) * heading.x + (y - start.y) * heading.y
    const aside = Math.abs((x - start.x) * heading.y) + Math.abs((y - start.y) * heading.x)
    if (ahead < geometry.seatPitch * 0.2 || aside > ahead * 1.5) continue
    const cost = ahead + 2 * aside
    if (best === undefined || cost < best.cost) best = { ordinal, cost }
  }
  return best?.ordinal
}
