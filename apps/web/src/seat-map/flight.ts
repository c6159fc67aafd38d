import type { Size, View } from './view.ts'

/** A smooth way from one view to another. */
export type Flight = { readonly durationMs: number; readonly viewAt: (progress: number) => View }

/**
 * Van Wijk and Nuij's path ("Smooth and efficient zooming and panning", 2003) is d3-zoom's too; `interpolate` is that
 * function, given by the caller, over [middle x, middle y, width] in plan units.
 */
export function planFlight(
  input: { from: View; to: View; size: Size },
  interpolate: (a: Stop, b: Stop) => (t: number) => Stop,
): Flight {
  const { from, to, size } = input
  const path = interpolate(stopOf(from, size), stopOf(to, size))
  const zooms = Math.abs(Math.log2(to.k / from.k))
  const screens =
    Math.hypot(
      (size.width / 2 - to.x) / to.k - (size.width / 2 - from.x) / from.k,
      (size.height / 2 - to.y) / to.k - (size.height / 2 - from.y) / from.k,
    ) *
    (Math.max(from.k, to.k) / Math.max(size.width, 1))
  return {
    durationMs: Math.min(750, 260 + 110 * zooms + 90 * Math.min(screens, 3)),
    viewAt: (progress) => (progress >= 1 ? to : viewOf(path(easeInOut(progress)), size)),
  }
}

export type Stop = [x: number, y: number, width: number]

function stopOf({ k, x, y }: View, { width, height }: Size): Stop {
  return [(width / 2 - x) / k, (height / 2 - y) / k, width / k]
}

function viewOf([x, y, width]: Stop, size: Size): View {
  const k = size.width / width
  return { k, x: size.width / 2 - x * k, y: size.height / 2 - y * k }
}

function easeInOut(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2
}
