import { distance, type PlacedRow } from './plan-rows.ts'
import { findHull, isInside, type Point, simplifyRing } from './polygon.ts'

/** How far outside the outermost seats an outline runs. */
const marginPitches = 0.9
/** An outline may leave the seats' line by this much, so that a stand with uneven row ends has straight sides. */
const tolerancePitches = 0.4

/**
 * The closed outline of one block of rows: along the first row, down the row ends, back along the last row, up the row
 * starts. That keeps the wedge or ring shape of a section, which a convex hull would fill. Rows that make no such shape
 * (crossing, nested) get their convex hull.
 */
export function outlineRows(rows: PlacedRow[], pitch: number): number[] {
  const lines = alignRows(rows.map((row) => widenRow(row.seats, pitch * marginPitches)))
  const first = shiftLine(lines[0] ?? [], lines[1], pitch * marginPitches)
  const last = shiftLine(lines.at(-1) ?? [], lines.at(-2), pitch * marginPitches, lines.length === 1)
  const inner = lines.slice(1, -1)
  const ring = [
    ...first,
    ...inner.flatMap((line) => line.slice(-1)),
    ...last.toReversed(),
    ...inner.flatMap((line) => line.slice(0, 1)).toReversed(),
  ]
  const seats = rows.flatMap((row) => row.seats)
  const outline = seats.every((seat) => isInside(ring, seat))
    ? ring
    : findHull(lines.flatMap((line) => widenAround(line, pitch * marginPitches)))
  return simplifyRing(outline, pitch * tolerancePitches).flatMap((point) => [point.x, point.y])
}

/** The row's seats with both ends moved outward along the row. */
function widenRow(seats: readonly Point[], margin: number): Point[] {
  const [first, second] = seats
  const last = seats.at(-1)
  const beforeLast = seats.at(-2)
  if (first === undefined || last === undefined) return []
  if (second === undefined || beforeLast === undefined) {
    return [
      { x: first.x - margin, y: first.y },
      { x: first.x + margin, y: first.y },
    ]
  }
  return [away(first, second, margin), ...seats.slice(1, -1), away(last, beforeLast, margin)]
}

/** Rows may be numbered from either side; here all of them run the same way. */
function alignRows(lines: Point[][]): Point[][] {
  const aligned: Point[][] = []
  for (const line of lines) {
    const before = aligned.at(-1)
    const isSameWay = before === undefined || span(before, line, false) <= span(before, line, true)
    aligned.push(isSameWay ? line : line.toReversed())
  }
  return aligned
}

function span(before: Point[], line: Point[], isTurned: boolean): number {
  const origin = { x: 0, y: 0 }
  const [a = origin, b = origin] = [before[0], before.at(-1)]
  const [c = origin, d = origin] = isTurned ? [line.at(-1), line[0]] : [line[0], line.at(-1)]
  return distance(a, c) + distance(b, d)
}

/** The line moved away from its neighbour, each point at a right angle; of a single row, `isFarSide` asks for the other side. */
function shiftLine(
  line: Point[],
  neighbour: Point[] | undefined,
  margin: number,
  isFarSide = false,
): Point[] {
  const normals = line.map((point, index) => normalOf(line[index - 1] ?? point, line[index + 1] ?? point))
  const halfway = line.length >> 1
  const [middle, normal] = [line[halfway], normals[halfway]]
  const other = neighbour?.[neighbour.length >> 1]
  let side = isFarSide ? -1 : 1
  if (middle !== undefined && normal !== undefined && other !== undefined) {
    const towards = (other.x - middle.x) * normal.x + (other.y - middle.y) * normal.y
    side = towards > 0 ? -1 : 1
  }
  return line.map((point, index) => ({
    x: point.x + (normals[index]?.x ?? 0) * margin * side,
    y: point.y + (normals[index]?.y ?? 0) * margin * side,
  }))
}

function normalOf(from: Point, to: Point): Point {
  const length = distance(from, to) || 1
  return { x: (from.y - to.y) / length, y: (to.x - from.x) / length }
}

function widenAround(points: Point[], margin: number): Point[] {
  return points.flatMap(({ x, y }) => [
    { x: x - margin, y },
    { x: x + margin, y },
    { x, y: y - margin },
    { x, y: y + margin },
  ])
}

function away(point: Point, from: Point, margin: number): Point {
  const length = distance(point, from) || 1
  return {
    x: point.x + ((point.x - from.x) / length) * margin,
    y: point.y + ((point.y - from.y) / length) * margin,
  }
}
