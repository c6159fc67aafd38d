import type { SeatKind } from '@greenroom/contract'
import { seatStatusCode } from '@greenroom/contract/plain'
import type { Palette } from './palette.ts'
import { seatShape } from './seat-shapes.ts'

/**
 * Every look a seat has without its fan's marks, drawn once in a strip, so that a seat on a map costs one image copy.
 * The looks differ by shape as well as by colour: disc (or the shape of its kind), ring with hatching, cross, speck.
 */
export type SeatSprites = {
  readonly image: ImageBitmap
  /** Side of one cell, and the radius of the seat in its middle, in pixels of the device. */
  readonly cellPx: number
  readonly radiusPx: number
  readonly cellOf: (code: number, category: number, isMuted: boolean) => number
  /** The same where a seat is a few pixels. */
  readonly speckOf: (code: number, category: number, isMuted: boolean) => Speck
}

/** `share` of a free seat's width. */
export type Speck = { readonly color: string; readonly alpha: number; readonly share: number }

const nothing: Speck = { color: '#000', alpha: 0, share: 0 }

/** Before the first snapshot. */
export const unknownCode = 4

/** From this radius on there is room for a cross or hatching; below, a dot and a ring tell as much. */
const roomyPx = 5

export function drawSeatSprites(input: {
  palette: Palette
  categories: readonly { color: string; kind: SeatKind | undefined }[]
  radiusPx: number
}): SeatSprites {
  const { palette, categories, radiusPx } = input
  const cellPx = Math.ceil(radiusPx * 2) + 4
  const common = [drawHeld, drawSold, drawBlocked, drawUnknown]
  const count = categories.length * 2 + common.length
  const canvas = new OffscreenCanvas(cellPx * count, cellPx)
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('this browser draws no 2D canvas')
  const drawCell = (cell: number, draw: () => void): void => {
    pen.save()
    pen.translate(cellPx * (cell + 0.5), cellPx / 2)
    draw()
    pen.restore()
  }
  categories.forEach(({ color, kind }, category) => {
    const shape = new Path2D(seatShape(kind))
    drawCell(category * 2, () => drawAvailable(pen, radiusPx, { color, shape }))
    drawCell(category * 2 + 1, () => drawMuted(pen, radiusPx, { color, shape }))
  })
  const firstCommon = categories.length * 2
  const free = categories.map(({ color }): Speck => ({ color, alpha: 1, share: 1 }))
  const muted = categories.map(({ color }): Speck => ({ color, alpha: 0.22, share: 1 }))
  const specks: Speck[] = [
    { color: palette.held, alpha: 0.8, share: 0.8 },
    { color: palette.sold, alpha: 1, share: 0.5 },
    { color: palette.sold, alpha: 0.6, share: 0.4 },
    { color: palette.sold, alpha: 0.45, share: 1 },
  ]
  common.forEach((draw, index) => drawCell(firstCommon + index, () => draw(pen, radiusPx, palette)))
  return {
    image: canvas.transferToImageBitmap(),
    cellPx,
    radiusPx,
    cellOf: (code, category, isMuted) =>
      code === seatStatusCode.available ? category * 2 + (isMuted ? 1 : 0) : firstCommon + code - 1,
    speckOf: (code, category, isMuted) =>
      (code === seatStatusCode.available ? (isMuted ? muted : free)[category] : specks[code - 1]) ?? nothing,
  }
}

type Pen = OffscreenCanvasRenderingContext2D
type Look = { color: string; shape: Path2D }

function drawAvailable(pen: Pen, radius: number, { color, shape }: Look): void {
  pen.fillStyle = color
  pen.scale(radius, radius)
  pen.fill(shape)
}

/** Of a category the fan has filtered away. */
function drawMuted(pen: Pen, radius: number, look: Look): void {
  pen.globalAlpha = 0.22
  drawAvailable(pen, radius, look)
}

function drawHeld(pen: Pen, radius: number, { held }: Palette): void {
  const width = Math.max(1, radius * 0.16)
  pen.strokeStyle = held
  pen.lineWidth = width
  ring(pen, radius - width / 2)
  if (radius < roomyPx) return
  pen.beginPath()
  pen.arc(0, 0, radius - width, 0, 2 * Math.PI)
  pen.clip()
  pen.globalAlpha = 0.75
  pen.beginPath()
  for (let offset = -2 * radius; offset <= 2 * radius; offset += radius * 0.62) {
    pen.moveTo(offset - radius, radius)
    pen.lineTo(offset + radius, -radius)
  }
  pen.stroke()
}

function drawSold(pen: Pen, radius: number, { sold }: Palette): void {
  if (radius < roomyPx) {
    pen.fillStyle = sold
    disc(pen, Math.max(0.7, radius * 0.45))
    return
  }
  const arm = radius * 0.42
  pen.strokeStyle = sold
  pen.lineWidth = Math.max(1.25, radius * 0.2)
  pen.lineCap = 'round'
  pen.beginPath()
  pen.moveTo(-arm, -arm)
  pen.lineTo(arm, arm)
  pen.moveTo(arm, -arm)
  pen.lineTo(-arm, arm)
  pen.stroke()
}

function drawBlocked(pen: Pen, radius: number, { sold }: Palette): void {
  pen.globalAlpha = 0.6
  pen.fillStyle = sold
  disc(pen, Math.max(0.5, radius * 0.24))
}

function drawUnknown(pen: Pen, radius: number, { sold }: Palette): void {
  pen.globalAlpha = 0.45
  pen.fillStyle = sold
  disc(pen, radius)
}

function disc(pen: Pen, radius: number): void {
  pen.beginPath()
  pen.arc(0, 0, radius, 0, 2 * Math.PI)
  pen.fill()
}

function ring(pen: Pen, radius: number): void {
  pen.beginPath()
  pen.arc(0, 0, Math.max(radius, 0.5), 0, 2 * Math.PI)
  pen.stroke()
}
