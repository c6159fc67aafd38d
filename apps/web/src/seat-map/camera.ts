import { select } from 'd3-selection'
import { type ZoomTransform, zoom, ZoomTransform as Transform } from 'd3-zoom'
import { type Flight, planFlight, type Stop } from './flight.ts'
import { type Box, fitBox, growBox, type Point, type Size, type View } from './view.ts'

/** Where the fan looks: moved by wheel, drag, pinch and buttons, and by flights, within the plan. */
export type Camera = {
  readonly view: () => View
  /** The canvas or the plan has another size; `maxK` is as close as one may come. */
  readonly frame: (size: Size, planBox: Box, maxK: number) => void
  /** Goes there smoothly, or at once when motion is unwanted. A hand on the map ends a flight. */
  readonly flyTo: (view: View) => void
  /** The same, and there again whenever the canvas gets another size, until something else moves the map. */
  readonly aimAt: (aim: (size: Size) => View) => void
  readonly zoomBy: (factor: number) => void
  /** At once; for a hand that drags the miniature. */
  readonly centreOn: (point: Point) => void
  readonly panBy: (dxPx: number, dyPx: number) => void
  readonly overview: () => View
  /** Takes a flight further; says whether it goes on. */
  readonly step: (nowMs: number) => boolean
  readonly stop: () => void
}

const paddingPx = 14

export function createCamera(
  canvas: HTMLCanvasElement,
  options: { onMove: () => void; isStill: () => boolean },
): Camera {
  let flight: { path: Flight; fromMs: number | undefined } | undefined
  let aim: ((size: Size) => View) | undefined
  let size: Size = { width: 1, height: 1 }
  let overview: View = { k: 1, x: 0, y: 0 }
  let view: View = overview
  const target = select<HTMLCanvasElement, unknown>(canvas)
  const behaviour = zoom<HTMLCanvasElement, unknown>()
    .clickDistance(6)
    .tapDistance(12)
    .on('zoom', (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
      if (event.sourceEvent !== null) leaveOff()
      view = event.transform
      options.onMove()
    })
  const leaveOff = (): void => {
    flight = undefined
    aim = undefined
  }
  // a quick second press picks a second seat; it must not zoom
  target.call(behaviour).on('dblclick.zoom', null)
  const jumpTo = ({ k, x, y }: View): void => behaviour.transform(target, new Transform(k, x, y))
  const flyTo = (to: View): void => {
    aim = undefined
    if (options.isStill()) {
      flight = undefined
      jumpTo(to)
      return
    }
    const interpolate = behaviour.interpolate<(a: Stop, b: Stop) => (t: number) => Stop>()
    flight = { path: planFlight({ from: view, to, size }, interpolate), fromMs: undefined }
    options.onMove()
  }

  return {
    view: () => view,
    overview: () => overview,
    frame: (nextSize, planBox, maxK) => {
      const wasOverview = view.k <= overview.k * 1.001
      const middle = { x: (size.width / 2 - view.x) / view.k, y: (size.height / 2 - view.y) / view.k }
      size = nextSize
      overview = fitBox(planBox, size, paddingPx, maxK)
      const air = growBox(planBox, Math.max(size.width, size.height) / overview.k / 4)
      behaviour
        .extent([
          [0, 0],
          [size.width, size.height],
        ])
        .scaleExtent([overview.k, Math.max(maxK, overview.k)])
        .translateExtent([
          [air.minX, air.minY],
          [air.maxX, air.maxY],
        ])
      const k = Math.max(view.k, overview.k)
      if (aim !== undefined) {
        flight = undefined
        return jumpTo(aim(size))
      }
      jumpTo(
        wasOverview ? overview : { k, x: size.width / 2 - middle.x * k, y: size.height / 2 - middle.y * k },
      )
    },
    flyTo,
    aimAt: (next) => {
      flyTo(next(size))
      aim = next
    },
    zoomBy: (factor) => {
      const k = Math.min(Math.max(view.k * factor, overview.k), behaviour.scaleExtent()[1])
      if (k <= overview.k) return flyTo(overview)
      const middle = { x: size.width / 2, y: size.height / 2 }
      const grow = k / view.k
      flyTo({ k, x: middle.x - (middle.x - view.x) * grow, y: middle.y - (middle.y - view.y) * grow })
    },
    centreOn: (point) => {
      leaveOff()
      behaviour.translateTo(target, point.x, point.y)
    },
    panBy: (dxPx, dyPx) => {
      leaveOff()
      behaviour.translateBy(target, -dxPx / view.k, -dyPx / view.k)
    },
    step: (nowMs) => {
      if (flight === undefined) return false
      flight.fromMs ??= nowMs
      const progress = (nowMs - flight.fromMs) / flight.path.durationMs
      jumpTo(flight.path.viewAt(Math.min(1, progress)))
      if (progress >= 1) flight = undefined
      return flight !== undefined
    },
    stop: () => {
      target.on('.zoom', null)
    },
  }
}
