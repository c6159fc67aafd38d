import type { SeatGeometry } from '@greenroom/contract'
import Flatbush from 'flatbush'
import type { Box, Point } from './view.ts'

/** Finds seats by place; built once a plan (90,000 seats take some 15 ms). */
export type SeatIndex = {
  /** Ordinals of the seats whose middle is in the box, in the plan's order. */
  seatsIn: (box: Box) => number[]
  /** The nearest seat within `reach` plan units that passes. */
  nearest: (point: Point, reach: number, passes?: (ordinal: number) => boolean) => number | undefined
}

export function createSeatIndex({ x, y, seatCount }: SeatGeometry): SeatIndex {
  const tree = new Flatbush(Math.max(seatCount, 1), 16, Float32Array)
  for (let ordinal = 0; ordinal < Math.max(seatCount, 1); ordinal++) {
    tree.add(x[ordinal] ?? Infinity, y[ordinal] ?? Infinity)
  }
  tree.finish()
  return {
    seatsIn: (box) => tree.search(box.minX, box.minY, box.maxX, box.maxY).sort((a, b) => a - b),
    nearest: (point, reach, passes) => tree.neighbors(point.x, point.y, 1, reach, passes)[0],
  }
}
