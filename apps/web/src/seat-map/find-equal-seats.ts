import { singleSeatsBeside } from '@greenroom/contract/plain'
import { range } from './pick-together.ts'
import { seatPoint } from './scene.ts'
import type { SeatPlan } from './seat-plan.ts'
import type { Point } from './view.ts'

/** Leaving a seat alone is as bad as sitting so many seats further away. */
const singleSeatPitches = 4

/**
 * Seats to offer in place of lost ones: as many of each price, as near as can be to where those were, side by side if that
 * can be had at all. Fewer, or none, when that price has no more.
 */
export function findEqualSeats(
  plan: SeatPlan,
  { lost, canHave }: { lost: readonly number[]; canHave: (ordinal: number) => boolean },
): number[] {
  const { categoryCode } = plan.geometry
  return [...new Set(lost.map((seat) => categoryCode[seat] ?? 0))].flatMap((category) => {
    const gone = lost.filter((seat) => categoryCode[seat] === category)
    const fits = (seat: number): boolean => categoryCode[seat] === category && canHave(seat)
    return findTogether(plan, gone, fits) ?? findEach(plan, gone, fits)
  })
}

function findTogether(
  plan: SeatPlan,
  gone: readonly number[],
  fits: (seat: number) => boolean,
): number[] | undefined {
  const { geometry, runs } = plan
  const middle = middleOf(plan, gone)
  let best: { start: number; cost: number } | undefined
  let length = 0
  for (let seat = 0; seat < geometry.seatCount; seat++) {
    if (runs.runStart[seat] === seat) length = 0
    length = fits(seat) ? length + 1 : 0
    if (length < gone.length) continue
    const group = { start: seat - gone.length + 1, end: seat + 1 }
    const cost =
      distance(middle, middleOf(plan, range(group.start, group.end))) / geometry.seatPitch +
      singleSeatPitches * singleSeatsBeside(runs, group, fits).length
    if (best === undefined || cost < best.cost) best = { start: group.start, cost }
  }
  return best && range(best.start, best.start + gone.length)
}

/** For each lost seat the nearest one that nobody has been offered yet. */
function findEach(plan: SeatPlan, gone: readonly number[], fits: (seat: number) => boolean): number[] {
  const found: number[] = []
  for (const lost of gone) {
    const from = seatPoint(plan.geometry, lost)
    let best: { seat: number; distance: number } | undefined
    for (let seat = 0; seat < plan.geometry.seatCount; seat++) {
      if (!fits(seat) || found.includes(seat)) continue
      const away = distance(from, seatPoint(plan.geometry, seat))
      if (best === undefined || away < best.distance) best = { seat, distance: away }
    }
    if (best !== undefined) found.push(best.seat)
  }
  return found
}

function middleOf({ geometry }: SeatPlan, seats: readonly number[]): Point {
  const points = seats.map((seat) => seatPoint(geometry, seat))
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
