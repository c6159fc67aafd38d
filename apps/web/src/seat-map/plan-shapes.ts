import type { Decoration, SeatGeometry } from '@greenroom/contract'
import { type Box, boxAround, growBox, type Point } from './view.ts'

/** A section as it is drawn and pressed. */
export type SectionShape = { readonly path: Path2D; readonly box: Box }

export function shapeSections({ sections }: SeatGeometry): SectionShape[] {
  return sections.map(({ outlines, label }) => {
    const path = new Path2D()
    for (const outline of outlines) {
      pointsOf(outline).forEach(({ x, y }, index) => {
        if (index === 0) path.moveTo(x, y)
        else path.lineTo(x, y)
      })
      path.closePath()
    }
    const box = boxAround(outlines.flatMap(pointsOf))
    return { path, box: box ?? { minX: label.x, minY: label.y, maxX: label.x, maxY: label.y } }
  })
}

/** The section whose outline holds that point of the plan; where outlines overlap, the later one, which is drawn on top. */
export function findSection({ sections }: SeatGeometry, point: Point): number | undefined {
  const found = sections.findLastIndex(({ outlines }) =>
    outlines.some((outline) => isInside(pointsOf(outline), point)),
  )
  return found < 0 ? undefined : found
}

/** A stage for plans that draw none. */
export type DefaultStage = { readonly box: Box }

/** In front of the middle seats, as wide as the seats beside it leave room for: a bowl that is open at one end holds it. */
export function placeStage(geometry: SeatGeometry): DefaultStage | undefined {
  if (geometry.decorations.some((decoration) => decoration.shape !== 'text')) return undefined
  const seats = seatPoints(geometry)
  const box = boxAround(seats) ?? geometry.bounds
  const width = box.maxX - box.minX
  const middle = (box.minX + box.maxX) / 2
  const facing = seats.filter(({ x }) => Math.abs(x - middle) <= width * 0.12)
  const bottom = (boxAround(facing) ?? box).minY - geometry.seatPitch * 1.9
  const depth = Math.min(Math.max(geometry.seatPitch * 2.4, width * 0.06), width * 0.12)
  const beside = seats.filter(({ y }) => y > bottom - depth - geometry.seatPitch && y < bottom)
  const room = Math.min(...beside.map(({ x }) => Math.abs(x - middle))) - geometry.seatPitch * 1.6
  const half = Math.min(width * 0.24, Math.max(room, width * 0.08))
  return { box: { minX: middle - half, minY: bottom - depth, maxX: middle + half, maxY: bottom } }
}

/** The plan, its stage and some air. */
export function findPlanBox(geometry: SeatGeometry, stage: DefaultStage | undefined): Box {
  const { minX, minY, maxX, maxY } = geometry.bounds
  const corners = [
    { x: minX, y: minY },
    { x: maxX, y: maxY },
  ]
  if (stage !== undefined) corners.push({ x: stage.box.minX, y: stage.box.minY })
  return growBox(boxAround(corners) ?? geometry.bounds, geometry.seatPitch * 0.5)
}

export function pathOf(decoration: Decoration): Path2D {
  const path = new Path2D()
  switch (decoration.shape) {
    case 'polygon':
      for (const { x, y } of decoration.points) path.lineTo(x, y)
      path.closePath()
      return path
    case 'rectangle':
      path.rect(0, 0, decoration.width, decoration.height)
      return path
    case 'ellipse':
      path.ellipse(0, 0, decoration.radiusX, decoration.radiusY, 0, 0, 2 * Math.PI)
      return path
    case 'circle':
      path.arc(0, 0, decoration.radius, 0, 2 * Math.PI)
      return path
    case 'text':
      return path
  }
}

function seatPoints({ x, y, seatCount }: SeatGeometry): Point[] {
  return Array.from({ length: seatCount }, (_, ordinal) => ({ x: x[ordinal] ?? 0, y: y[ordinal] ?? 0 }))
}

function pointsOf(outline: readonly number[]): Point[] {
  return Array.from({ length: outline.length >> 1 }, (_, index) => ({
    x: outline[index * 2] ?? 0,
    y: outline[index * 2 + 1] ?? 0,
  }))
}

/** Even-odd rule. */
function isInside(ring: readonly Point[], point: Point): boolean {
  let inside = false
  let before = ring.at(-1)
  for (const corner of ring) {
    if (before !== undefined && corner.y > point.y !== before.y > point.y) {
      const crossing = ((before.x - corner.x) * (point.y - corner.y)) / (before.y - corner.y) + corner.x
      if (point.x < crossing) inside = !inside
    }
    before = corner
  }
  return inside
}
