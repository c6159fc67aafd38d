import { inkOn } from './ink-on.ts'
import type { Scene } from './scene.ts'
import { seatPoint } from './scene.ts'
import type { SeatEffects } from './seat-effects.ts'
import { lookOf } from './seat-look.ts'
import { type Size, toScreen, type View } from './view.ts'

export type MarksFrame = {
  view: View
  size: Size
  ratio: number
  nowMs: number
  /** All that a press would pick. */
  hovered: readonly number[]
  focused: number | undefined
  isStill: boolean
}

type Pen = CanvasRenderingContext2D
type Spot = { x: number; y: number; radius: number; color: string }

/** A marked seat is never smaller than this, so that a fan finds it from afar. */
const minMarkPx = 5

/** What is drawn over the seats: the fan's own, what just happened, and where pointer and focus are. */
export function paintMarks(pen: Pen, scene: Scene, effects: SeatEffects, frame: MarksFrame): void {
  const { marks, board, palette } = scene
  pen.save()
  pen.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0)
  for (const [ordinal, progress] of effects.glowing(frame.nowMs)) {
    withSpot(scene, frame, ordinal, (spot) => paintGlow(pen, spot, frame.isStill ? 0.4 : progress))
  }
  for (const ordinal of marks.selection) {
    if (lookOf(board.codes[ordinal] ?? 3, ordinal, marks) !== 'selected') continue
    withSpot(scene, frame, ordinal, (spot) => paintSelected(pen, spot, palette.ink, palette.ground))
  }
  for (const ordinal of marks.mine) {
    withSpot(scene, frame, ordinal, (spot) =>
      paintMine(pen, spot, palette.lamp, palette.lampInk, palette.ground),
    )
  }
  for (const ordinal of marks.shaking) {
    const offset = effects.offsetPx(ordinal, frame.nowMs)
    withSpot(scene, frame, ordinal, (spot) =>
      paintLost(pen, { ...spot, x: spot.x + offset }, palette.bad, palette.ground),
    )
  }
  for (const ordinal of marks.offered) {
    withSpot(scene, frame, ordinal, (spot) => paintOffered(pen, spot, palette.ink, palette.ground))
  }
  for (const ordinal of frame.hovered) {
    withSpot(scene, frame, ordinal, (spot) => ringAround(pen, spot, palette.ink, 1.5, 2.5))
  }
  if (frame.focused !== undefined) {
    withSpot(scene, frame, frame.focused, (spot) => {
      ringAround(pen, spot, palette.ground, 4.5, 4)
      ringAround(pen, spot, palette.ink, 2.25, 4)
    })
  }
  pen.restore()
}

function withSpot(
  scene: Scene,
  { view, size }: MarksFrame,
  ordinal: number,
  paint: (spot: Spot) => void,
): void {
  const { geometry } = scene
  if (ordinal < 0 || ordinal >= geometry.seatCount) return
  const { x, y } = toScreen(view, seatPoint(geometry, ordinal))
  const radius = Math.max(minMarkPx, scene.seatRadius * view.k)
  const reach = radius * 4
  if (x < -reach || y < -reach || x > size.width + reach || y > size.height + reach) return
  const color = geometry.categories[geometry.categoryCode[ordinal] ?? 0]?.color ?? '#888888'
  paint({ x, y, radius, color })
}

/** Small seats stand close together, large ones have room around them. */
function rimOf(radius: number): number {
  return Math.min(3.5, Math.max(1.6, radius * 0.22))
}

function paintGlow(pen: Pen, { x, y, radius, color }: Spot, progress: number): void {
  const fade = (1 - progress) ** 2
  pen.globalAlpha = 0.5 * fade
  pen.fillStyle = color
  disc(pen, x, y, radius * (1.5 + progress))
  pen.globalAlpha = fade
  pen.strokeStyle = color
  pen.lineWidth = 2
  pen.beginPath()
  pen.arc(x, y, radius * (1.2 + 1.6 * progress), 0, 2 * Math.PI)
  pen.stroke()
  pen.globalAlpha = 1
}

function paintSelected(pen: Pen, { x, y, radius, color }: Spot, ink: string, ground: string): void {
  const rim = rimOf(radius)
  pen.fillStyle = ground
  disc(pen, x, y, radius + rim + 1)
  pen.fillStyle = ink
  disc(pen, x, y, radius + rim)
  pen.fillStyle = color
  disc(pen, x, y, radius)
  const arm = radius * 0.42
  pen.strokeStyle = inkOn(color)
  pen.lineWidth = Math.max(1.6, radius * 0.22)
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.beginPath()
  pen.moveTo(x - arm, y + arm * 0.05)
  pen.lineTo(x - arm * 0.25, y + arm * 0.75)
  pen.lineTo(x + arm, y - arm * 0.75)
  pen.stroke()
}

function paintMine(pen: Pen, { x, y, radius }: Spot, lamp: string, lampInk: string, ground: string): void {
  const rim = rimOf(radius)
  pen.fillStyle = ground
  disc(pen, x, y, radius + rim + 1)
  pen.fillStyle = lamp
  disc(pen, x, y, radius + rim)
  pen.strokeStyle = lampInk
  pen.lineWidth = Math.max(1.4, radius * 0.16)
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.stroke()
  pen.fillStyle = lampInk
  disc(pen, x, y, radius * 0.42)
}

function paintLost(pen: Pen, { x, y, radius }: Spot, bad: string, ground: string): void {
  pen.fillStyle = ground
  disc(pen, x, y, radius + 3)
  pen.strokeStyle = bad
  pen.lineWidth = Math.max(2, radius * 0.22)
  pen.lineCap = 'round'
  pen.beginPath()
  pen.arc(x, y, radius + 1, 0, 2 * Math.PI)
  pen.stroke()
  const arm = radius * 0.4
  pen.beginPath()
  pen.moveTo(x - arm, y - arm)
  pen.lineTo(x + arm, y + arm)
  pen.moveTo(x + arm, y - arm)
  pen.lineTo(x - arm, y + arm)
  pen.stroke()
}

/** Around the seat, which stays as it is: it is nobody's yet. */
function paintOffered(pen: Pen, spot: Spot, ink: string, ground: string): void {
  ringAround(pen, spot, ground, 5, 4)
  pen.setLineDash([4, 3])
  ringAround(pen, spot, ink, 2.5, 4)
  pen.setLineDash([])
}

function ringAround(pen: Pen, { x, y, radius }: Spot, color: string, width: number, gap: number): void {
  pen.strokeStyle = color
  pen.lineWidth = width
  pen.beginPath()
  pen.arc(x, y, radius + gap, 0, 2 * Math.PI)
  pen.stroke()
}

function disc(pen: Pen, x: number, y: number, radius: number): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fill()
}
