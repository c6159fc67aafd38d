export type Point = { x: number; y: number }

/** By the even-odd rule: a ring that crosses itself has an outside in its middle. */
export function isInside(ring: Point[], point: Point): boolean {
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

/** The smallest convex ring around the points, by Andrew's monotone chain. */
export function findHull(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const half = (ordered: Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

function turnsLeft(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  if (a === undefined || b === undefined) return true
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0
}

/** The ring with fewer corners, none of which it misses by more than `tolerance` (Douglas and Peucker). */
export function simplifyRing(ring: Point[], tolerance: number): Point[] {
  if (ring.length < 5) return ring
  const middle = ring.length >> 1
  const closed = [...ring, ...ring.slice(0, 1)]
  return [
    ...simplifyLine(closed.slice(0, middle + 1), tolerance).slice(0, -1),
    ...simplifyLine(closed.slice(middle), tolerance).slice(0, -1),
  ]
}

function simplifyLine(line: Point[], tolerance: number): Point[] {
  const from = line[0]
  const to = line.at(-1)
  if (from === undefined || to === undefined || line.length < 3) return line
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  let worst = { index: 0, error: 0 }
  for (const [index, point] of line.entries()) {
    const error =
      length === 0
        ? Math.hypot(point.x - from.x, point.y - from.y)
        : Math.abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y)) / length
    if (error > worst.error) worst = { index, error }
  }
  if (worst.error <= tolerance) return [from, to]
  return [
    ...simplifyLine(line.slice(0, worst.index + 1), tolerance).slice(0, -1),
    ...simplifyLine(line.slice(worst.index), tolerance),
  ]
}
