import { z } from 'zod'

/**
 * The seating-plan format of pretix, version 0.0.1 of its JSON schema, rule for rule: unknown properties are refused,
 * whole numbers are whole. Added are bounds on what the schema leaves unbounded; what a sale needs on top is in
 * check-seat-plan.ts.
 */
const text = z
  .string()
  .max(200)
  // neither can be stored in Postgres or printed on a ticket
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'has characters that are no text')
const nullableText = text.nullable().optional()
/** Three of them add up to a seat's place, which must stay exact in 32-bit floats. */
const coordinate = z.number().min(-1_000_000).max(1_000_000)
const position = z.strictObject({ x: coordinate, y: coordinate })
const wholeNumber = z.number().int().min(-1_000_000).max(1_000_000)

const seat = z.strictObject({
  seat_guid: text,
  seat_number: text,
  uuid: text.optional(),
  /** '<', '>' or '<>': read by pretix alone. */
  start_direction: nullableText,
  /** 10 when absent. */
  radius: wholeNumber.optional(),
  position,
  /** A category's name. */
  category: text,
})

const row = z.strictObject({
  row_number: text,
  /** What fans read, with %s for the row number; the row number itself when absent. */
  row_label: nullableText,
  /** What fans read, with %s for the seat number; the seat number itself when absent. */
  seat_label: nullableText,
  uuid: text.optional(),
  seats: z.array(seat),
  row_number_position: z.enum(['start', 'end', 'both']).nullable().optional(),
  position: position.optional(),
})

const area = z.strictObject({
  color: text.optional(),
  border_color: text.optional(),
  rotation: z.number().optional(),
  position: position.optional(),
  uuid: text.optional(),
  shape: z.enum(['polygon', 'rectangle', 'ellipse', 'circle', 'text']).optional(),
  polygon: z.strictObject({ points: z.array(position) }).optional(),
  rectangle: z.strictObject({ width: wholeNumber, height: wholeNumber }).optional(),
  ellipse: z.strictObject({ radius: position }).optional(),
  circle: z.strictObject({ radius: wholeNumber }).optional(),
  text: z
    .strictObject({
      text: text,
      color: text.optional(),
      /** 16 when absent. */
      size: wholeNumber.optional(),
      position,
    })
    .optional(),
})

const zone = z.strictObject({
  name: text.optional(),
  zone_id: text.optional(),
  uuid: text.optional(),
  position,
  rows: z.array(row),
  areas: z.array(area).optional(),
})

export const seatPlanDocument = z.strictObject({
  name: text,
  zones: z.array(zone),
  categories: z.array(z.strictObject({ name: text, color: text.optional() })),
  size: z.strictObject({ width: wholeNumber, height: wholeNumber }),
})

export type SeatPlanDocument = z.infer<typeof seatPlanDocument>
export type PlanZone = z.infer<typeof zone>
export type PlanRow = z.infer<typeof row>
export type PlanSeat = z.infer<typeof seat>
export type PlanArea = z.infer<typeof area>
