import { z } from 'zod'
import { concertId, paymentId, reservationId, seatId, showId } from './ids.ts'
import { localizedText } from './locale.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'
import { pass } from './waiting-room.ts'
import { idempotencyKey } from './wallet.ts'

export const maxSeatsPerHold = 10

/** With a key, the same wish again gets the first reply again, also when that hold is over; without, a new hold. */
const holdKey = idempotencyKey.optional()

export const holdInput = z.object({
  showId,
  pass,
  seatIds: z
    .array(seatId)
    .min(1)
    .max(maxSeatsPerHold)
    .refine((ids) => new Set(ids).size === ids.length, 'a seat is named twice'),
  idempotencyKey: holdKey,
})
export type HoldInput = z.infer<typeof holdInput>

export const holdBestInput = z.object({
  showId,
  pass,
  quantity: z.number().int().min(1).max(maxSeatsPerHold),
  categoryCode: z.number().int().nonnegative().optional(),
  /** By its name, as the plan has it. */
  section: z.string().max(200).optional(),
  idempotencyKey: holdKey,
})

export const reservationState = z.enum(['HELD', 'PAID', 'EXPIRED', 'RELEASED', 'REFUNDED'])
export type ReservationState = z.infer<typeof reservationState>

export const reservedSeat = z.object({
  seatId,
  section: z.string(),
  row: z.string(),
  number: z.string(),
  categoryCode: z.number().int(),
  priceMinor: amountMinor,
})
export type ReservedSeat = z.infer<typeof reservedSeat>

export const reservation = z.object({
  reservationId,
  concertId,
  showId,
  state: reservationState,
  seats: z.array(reservedSeat),
  amountMinor,
  currency,
  heldAtMs: instantMs,
  heldUntilMs: instantMs,
  /** The server's clock when this was read: a countdown is `heldUntilMs - asOfMs`, whatever the client's clock says. */
  asOfMs: instantMs,
})
export type Reservation = z.infer<typeof reservation>

/** A reservation as its owner's list shows it. */
export const reservationListing = reservation.extend({
  concertTitle: localizedText,
  venue: localizedText,
  timeZone: z.string(),
  startsAtMs: instantMs,
  /** When it was to begin when the seats were held; `null`: no other time. */
  movedFromMs: instantMs.nullable(),
  paymentId: paymentId.nullable(),
  /** Its show does not take place. What was paid is REFUNDED, or is about to be. */
  isCancelled: z.boolean(),
})
export type ReservationListing = z.infer<typeof reservationListing>

export const reservationInput = z.object({ reservationId })
