import { z } from 'zod'

const point = z.object({ x: z.number(), y: z.number() })

const decorationBase = z.object({
  /** Plan units; the top left corner of a rectangle, the centre of a circle or ellipse, the origin of a polygon's points. */
  position: point,
  /** Degrees, clockwise around `position`. */
  rotation: z.number(),
  color: z.string(),
  borderColor: z.string(),
  /** `position` is relative to the decoration's own. */
  text: z.object({ text: z.string(), color: z.string(), size: z.number(), position: point }).nullable(),
})

/** What is drawn beside the seats: the stage, walls, words. Nothing about it can be bought. */
export const decoration = z.discriminatedUnion('shape', [
  decorationBase.extend({ shape: z.literal('polygon'), points: z.array(point) }),
  decorationBase.extend({ shape: z.literal('rectangle'), width: z.number(), height: z.number() }),
  decorationBase.extend({ shape: z.literal('ellipse'), radiusX: z.number(), radiusY: z.number() }),
  decorationBase.extend({ shape: z.literal('circle'), radius: z.number() }),
  decorationBase.extend({ shape: z.literal('text') }),
])
export type Decoration = z.infer<typeof decoration>

/** The part of a geometry file that is read as a whole; see encode-seat-geometry.ts for the rest. */
export const geometryHead = z.object({
  name: z.string(),
  /** Positions are whole multiples of `step` away from the corner (`bounds.minX`, `bounds.minY`). */
  step: z.number().positive(),
  bounds: z.object({ minX: z.number(), minY: z.number(), maxX: z.number(), maxY: z.number() }),
  /** Where the audience looks: the middle of the stage's front. */
  focus: point,
  /** Usual distance between two neighbours in a row, in plan units: what a zoom level is measured by. */
  seatPitch: z.number().positive(),
  /** A digest over the seats' global ids: two plans that look alike but name their seats differently are two plans. */
  guidDigest: z.string(),
  categories: z.array(z.object({ name: z.string(), color: z.string() })).max(255),
  decorations: z.array(decoration),
})
export type GeometryHead = z.infer<typeof geometryHead>

/** A block of rows a fan can name. Its rows and seats are consecutive. */
export type GeometrySection = {
  name: string
  firstRow: number
  rowCount: number
  firstOrdinal: number
  seatCount: number
  /** Where its name is written. */
  label: { x: number; y: number }
  /** Closed outlines, one for each block of neighbouring rows: x0, y0, x1, y1, ... */
  outlines: number[][]
}

export type GeometryRow = { label: string; sectionIndex: number; firstOrdinal: number; seatCount: number }

/**
 * Where every seat of a seat plan is and what it is called: immutable, one file per plan version, named by its hash.
 * Index `n` of every seat array is the seat with ordinal `n`, whose id in a show is `firstSeatId + n`.
 */
export type SeatGeometry = GeometryHead & {
  seatCount: number
  sections: GeometrySection[]
  rows: GeometryRow[]
  x: Float32Array
  y: Float32Array
  /** Plan units. */
  radius: Uint16Array
  categoryCode: Uint8Array
  rowIndex: Uint32Array
  seatNumber: string[]
}
