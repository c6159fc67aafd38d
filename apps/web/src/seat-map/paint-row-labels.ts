import { type Scene, seatPoint } from './scene.ts'
import { seenBox, type Size, toScreen, type View } from './view.ts'

/** The names of rows, at both ends, once seats have numbers. */
export function paintRowLabels(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  frame: { view: View; size: Size; ratio: number },
): void {
  const { geometry, palette } = scene
  const { view, size, ratio } = frame
  const seen = seenBox(view, size, 40)
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.font = `600 ${Math.min(13, geometry.seatPitch * view.k * 0.45)}px ${palette.fontFamily}`
  pen.fillStyle = palette.faint
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  for (const { label, firstOrdinal, seatCount } of geometry.rows) {
    if (label === '' || seatCount < 2) continue
    const last = firstOrdinal + seatCount - 1
    for (const [end, inner] of [
      [firstOrdinal, firstOrdinal + 1],
      [last, last - 1],
    ] as const) {
      const at = seatPoint(geometry, end)
      if (at.x < seen.minX || at.x > seen.maxX || at.y < seen.minY || at.y > seen.maxY) continue
      const next = seatPoint(geometry, inner)
      const length = Math.hypot(at.x - next.x, at.y - next.y) || 1
      const beyond = (geometry.seatPitch * 0.95) / length
      const spot = toScreen(view, { x: at.x + (at.x - next.x) * beyond, y: at.y + (at.y - next.y) * beyond })
      pen.fillText(label, spot.x, spot.y)
    }
  }
  pen.restore()
}
