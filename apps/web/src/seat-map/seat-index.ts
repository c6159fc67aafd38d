import type { SeatGeometry } from '@greenroom/contract'
import Flatbush from 'flatbush'
import { range } from './pick-together.ts'
import { seatPlanOf } from './seat-plan.ts'
import type { Box, Point } from './view.ts'

/** Finds seats by place; built once a plan (90,000 seats take some 15 ms). Standing places are not in it: they are nowhere. */
export type SeatIndex = {
  /** Ordinals of the seats whose middle is in the box, in the plan's order. */
  seatsIn: (box: Box) => number[]
  /** The nearest seat within `reach` plan units that passes. */
  nearest: (point: Point, reach: number, passes?: (ordinal: number) => boolean) => number | undefined
}

export function createSeatIndex(geometry: SeatGeometry): SeatIndex {
  const { x, y, seatCount } = geometry
  const { kindOf } = seatPlanOf(geometry)
  const ordinals = Uint32Array.from(range(0, seatCount).filter((ordinal) => kindOf(ordinal) !== 'standing'))
  if (ordinals.length === 0) return { seatsIn: () => [], nearest: () => undefined }
  const tree = new Flatbush(ordinals.length, 16, Float32Array)
  for (const ordinal of ordinals) tree.add(x[ordinal] ?? 0, y[ordinal] ?? 0)
  tree.finish()
  const ordinalOf = (found: number): number => ordinals[found] ?? 0
  return {
    seatsIn: (box) =>
      tree
        .search(box.minX, box.minY, box.maxX, box.maxY)
        .sort((a, b) => a - b)
        .map(ordinalOf),
    nearest: (point, reach, passes) => {
      const [found] = tree.neighbors(
        point.x,
        point.y,
        1,
        reach,
        passes && ((seat) => passes(ordinalOf(seat))),
      )
      return found === undefined ? undefined : ordinalOf(found)
    },
  }
}
