import type { SeatGeometry } from '@greenroom/contract'
import type { SeatIndex } from './seat-index.ts'
import { type Point, toPlan, type View } from './view.ts'

/** How far from a seat a press may land, in CSS pixels: half a fingertip, or an unsteady mouse. */
const tolerancePx = { finger: 22, mouse: 8 }

/**
 * The seat a press at that point of the screen means. A press on a seat means that seat, also one that cannot be had, and
 * of two drawn over each other the one that can; beside all seats, the nearest one that can be had wins over a nearer
 * one that cannot.
 */
export function pickSeat(
  plan: { geometry: SeatGeometry; index: SeatIndex },
  input: { view: View; at: Point; pointer: 'mouse' | 'finger'; canHave: (ordinal: number) => boolean },
): number | undefined {
  const { geometry, index } = plan
  const point = toPlan(input.view, input.at)
  const reach = tolerancePx[input.pointer] / input.view.k
  const nearest = index.nearest(point, Math.max(reach, geometry.seatPitch / 2))
  if (nearest === undefined) return undefined
  const distance = Math.hypot((geometry.x[nearest] ?? 0) - point.x, (geometry.y[nearest] ?? 0) - point.y)
  const radius = geometry.radius[nearest] ?? 0
  if (distance <= radius) return index.nearest(point, radius, input.canHave) ?? nearest
  return index.nearest(point, reach, input.canHave) ?? (distance <= reach ? nearest : undefined)
}
