import { seatStatusCode } from '@greenroom/contract/plain'
import { inkOn } from './ink-on.ts'
import type { Scene } from './scene.ts'
import { seatPlanOf } from './seat-plan.ts'
import { drawSeatSprites, type SeatSprites, type Speck, unknownCode } from './seat-sprites.ts'
import { type Box, growBox, type View } from './view.ts'

/** A picture of some seats that outlives the frame it was made in. All lengths are pixels of the bitmap. */
export type SeatBitmap = {
  readonly canvas: OffscreenCanvas
  /** From the plan to the bitmap. */
  readonly view: () => View
  /** The part of the plan that is in the picture. */
  readonly box: () => Box
  readonly isDone: () => boolean
  /** Begins a new picture; `withNumbers` writes seat numbers into the seats that can be had. */
  readonly start: (
    scene: Scene,
    target: { view: View; width: number; height: number; withNumbers: boolean },
  ) => void
  /** Goes on drawing until the picture is done or `performance.now()` has passed the deadline. */
  readonly work: (deadlineMs: number) => void
  /** Draws those seats again, and what overlaps them. */
  readonly repaint: (ordinals: readonly number[]) => void
  /** Gives its memory back at once: tens of MB, which a phone may not wait for a collector to free. */
  readonly release: () => void
}

/** Seats of a smaller radius are no shapes but a few pixels. */
const speckPx = 1.5
/** Looking at the clock costs as much as drawing a seat. */
const seatsPerLook = 64

export function createSeatBitmap(): SeatBitmap {
  const canvas = new OffscreenCanvas(1, 1)
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('this browser draws no 2D canvas')
  let job: Job | undefined
  let next = 0

  return {
    canvas,
    view: () => job?.view ?? { k: 1, x: 0, y: 0 },
    box: () => job?.box ?? { minX: 0, minY: 0, maxX: -1, maxY: -1 },
    isDone: () => job !== undefined && next >= job.ordinals.length,
    start: (scene, { view, width, height, withNumbers }) => {
      job?.sprites.image.close()
      if (canvas.width === width && canvas.height === height) pen.clearRect(0, 0, width, height)
      else Object.assign(canvas, { width, height })
      job = prepare(scene, view, { width, height, withNumbers })
      next = 0
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
    },
    work: (deadlineMs) => {
      if (job === undefined) return
      while (next < job.ordinals.length) {
        const end = Math.min(next + seatsPerLook, job.ordinals.length)
        for (; next < end; next++) paintSeat(pen, job, job.ordinals[next] ?? 0)
        if (performance.now() > deadlineMs) return
      }
    },
    repaint: (ordinals) => {
      if (job === undefined) return
      // ordinals are drawn in ascending order: what is at or after this one is still to come
      const firstUndrawn = job.ordinals[next] ?? Infinity
      for (const ordinal of ordinals) if (ordinal < firstUndrawn) repaintSeat(pen, job, ordinal, firstUndrawn)
    },
    release: () => {
      job?.sprites.image.close()
      job = undefined
      Object.assign(canvas, { width: 0, height: 0 })
    },
  }
}

type Pen = OffscreenCanvasRenderingContext2D
type Job = {
  scene: Scene
  view: View
  box: Box
  ordinals: readonly number[]
  sprites: SeatSprites
  inks: readonly string[]
  numberPx: number | undefined
}

function prepare(
  scene: Scene,
  view: View,
  { width, height, withNumbers }: { width: number; height: number; withNumbers: boolean },
): Job {
  const box = {
    minX: -view.x / view.k,
    minY: -view.y / view.k,
    maxX: (width - view.x) / view.k,
    maxY: (height - view.y) / view.k,
  }
  const { kinds } = seatPlanOf(scene.geometry)
  const categories = scene.geometry.categories.map(({ color }, code) => ({ color, kind: kinds[code] }))
  const radiusPx = Math.max(0.8, scene.seatRadius * view.k)
  return {
    scene,
    view,
    box,
    ordinals: scene.index.seatsIn(growBox(box, scene.seatRadius * 2)),
    sprites: drawSeatSprites({ palette: scene.palette, categories, radiusPx }),
    inks: categories.map(({ color }) => inkOn(color)),
    numberPx: withNumbers ? radiusPx * 1.02 : undefined,
  }
}

function paintSeat(pen: Pen, job: Job, ordinal: number): void {
  const { scene, view, sprites } = job
  const { geometry, board, marks } = scene
  const code = board.isKnown() ? (board.codes[ordinal] ?? unknownCode) : unknownCode
  const category = geometry.categoryCode[ordinal] ?? 0
  const isMuted = marks.categoryFilter !== null && !marks.categoryFilter.has(category)
  if (sprites.radiusPx < speckPx) {
    paintSpeck(pen, job, ordinal, sprites.speckOf(code, category, isMuted))
    return
  }
  const cell = sprites.cellOf(code, category, isMuted)
  const { cellPx } = sprites
  let x = (geometry.x[ordinal] ?? 0) * view.k + view.x
  let y = (geometry.y[ordinal] ?? 0) * view.k + view.y
  if (sprites.radiusPx >= 5) {
    // whole pixels keep edges sharp; for smaller seats even distances matter more
    x = Math.round(x - cellPx / 2) + cellPx / 2
    y = Math.round(y - cellPx / 2) + cellPx / 2
  }
  pen.drawImage(
    sprites.image,
    cell * cellPx,
    0,
    cellPx,
    cellPx,
    x - cellPx / 2,
    y - cellPx / 2,
    cellPx,
    cellPx,
  )
  if (job.numberPx !== undefined && code === seatStatusCode.available && !isMuted) {
    const number = geometry.seatNumber[ordinal] ?? ''
    pen.font = `600 ${job.numberPx * (number.length > 2 ? 0.76 : 1)}px ${scene.palette.fontFamily}`
    pen.fillStyle = job.inks[category] ?? '#fff'
    pen.fillText(number, x, y + job.numberPx * 0.06)
  }
}

/** So small a disc is a few pixels: a square of them costs a fifth. The seats themselves show from afar as a tint of these. */
function paintSpeck(pen: Pen, job: Job, ordinal: number, { color, alpha, share }: Speck): void {
  const { geometry } = job.scene
  const side = 1.8 * job.sprites.radiusPx * share
  pen.globalAlpha = alpha
  pen.fillStyle = color
  pen.fillRect(
    (geometry.x[ordinal] ?? 0) * job.view.k + job.view.x - side / 2,
    (geometry.y[ordinal] ?? 0) * job.view.k + job.view.y - side / 2,
    side,
    side,
  )
  pen.globalAlpha = 1
}

/**
 * Takes the seat out and draws it anew. Seats do not touch, so a disc a little larger than the seat holds nothing else; where a
 * plan has two in one place, both are drawn again.
 */
function repaintSeat(pen: Pen, job: Job, ordinal: number, firstUndrawn: number): void {
  const { scene, view, sprites } = job
  const x = scene.geometry.x[ordinal] ?? 0
  const y = scene.geometry.y[ordinal] ?? 0
  const reach = Math.max(sprites.radiusPx + 0.75, (scene.geometry.seatPitch * view.k) / 2)
  pen.globalCompositeOperation = 'destination-out'
  pen.beginPath()
  pen.arc(x * view.k + view.x, y * view.k + view.y, reach, 0, 2 * Math.PI)
  pen.fill()
  pen.globalCompositeOperation = 'source-over'
  const near = scene.seatRadius
  const touching = scene.index.seatsIn({ minX: x - near, minY: y - near, maxX: x + near, maxY: y + near })
  for (const other of touching) if (other < firstUndrawn) paintSeat(pen, job, other)
}
