/** Where the plan is on the screen: `screen = plan * k + offset`. `k` is CSS pixels per plan unit; d3-zoom's transform fits. */
export type View = { readonly k: number; readonly x: number; readonly y: number }

export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }
export type Box = {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

export function toScreen(view: View, point: Point): Point {
  return { x: point.x * view.k + view.x, y: point.y * view.k + view.y }
}

export function toPlan(view: View, point: Point): Point {
  return { x: (point.x - view.x) / view.k, y: (point.y - view.y) / view.k }
}

/** The part of the plan that is seen, and `marginPx` CSS pixels more on every side. */
export function seenBox(view: View, size: Size, marginPx = 0): Box {
  const from = toPlan(view, { x: -marginPx, y: -marginPx })
  const to = toPlan(view, { x: size.width + marginPx, y: size.height + marginPx })
  return { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y }
}

/** The view that shows the box whole and in the middle, `paddingPx` from the edges, but no closer than `maxK`. */
export function fitBox(box: Box, size: Size, paddingPx: number, maxK = Number.POSITIVE_INFINITY): View {
  const width = Math.max(box.maxX - box.minX, 1e-6)
  const height = Math.max(box.maxY - box.minY, 1e-6)
  const k = Math.min(
    maxK,
    Math.max(size.width - 2 * paddingPx, 1) / width,
    Math.max(size.height - 2 * paddingPx, 1) / height,
  )
  return centreOn({ x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }, size, k)
}

/** The view at scale `k` whose middle is that point of the plan. */
export function centreOn(point: Point, size: Size, k: number): View {
  return { k, x: size.width / 2 - point.x * k, y: size.height / 2 - point.y * k }
}

export function boxesTouch(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY
}

export function isBoxInside(inner: Box, outer: Box): boolean {
  return (
    inner.minX >= outer.minX &&
    inner.maxX <= outer.maxX &&
    inner.minY >= outer.minY &&
    inner.maxY <= outer.maxY
  )
}

export function growBox(box: Box, by: number): Box {
  return { minX: box.minX - by, minY: box.minY - by, maxX: box.maxX + by, maxY: box.maxY + by }
}

/** The smallest box around the points; `undefined` around none. */
export function boxAround(points: Iterable<Point>): Box | undefined {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const { x, y } of points) {
    box.minX = Math.min(box.minX, x)
    box.minY = Math.min(box.minY, y)
    box.maxX = Math.max(box.maxX, x)
    box.maxY = Math.max(box.maxY, y)
  }
  return box.minX <= box.maxX ? box : undefined
}
