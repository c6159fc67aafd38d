import {
  accountId,
  amountMinor,
  chargeInput,
  concertId,
  idempotencyKey,
  maxSeatsPerHold,
  reservationId,
  seatId,
  type SeatStatus,
  showId,
} from '@greenroom/contract'
import { z } from 'zod'
import { integerMeta } from '../integer-meta.ts'

/** A whole number as the old clients write it: `10` or `"10"`. */
function whole<Schema extends z.ZodType<unknown, number>>(schema: Schema) {
  const text = z
    .string()
    .regex(/^\d{1,16}$/, 'digits alone')
    .transform(Number)
  return z
    .union([z.number(), text], 'a whole number, or its digits as a text')
    .pipe(schema)
    .meta(integerMeta(schema, { orText: true }))
}

export const userIdWord = whole(accountId)
export const concertIdWord = whole(concertId)
export const showIdWord = whole(showId)
export const seatIdWord = whole(seatId)
export const reservationIdWord = whole(reservationId)
/** The seat's number in its show, from 1. */
export const seatNoWord = whole(z.number().int().min(1).max(1_000_000))
/** Of won; what the wallet may hold at most is the wallet's rule. */
export const chargeWord = whole(chargeInput.shape.amountMinor)
/** Of won; what a payment must come to. */
export const amountWord = whole(amountMinor)

/** `"10,11"`: one seat or several, each named once. */
export const seatNosWord = z
  .union([z.string(), z.number()], 'seat numbers, with commas between them')
  .transform((text): (string | number)[] => `${text}`.split(',').map((part) => part.trim()))
  .pipe(
    z
      .array(seatNoWord)
      .min(1)
      .max(maxSeatsPerHold)
      .refine((seatNos) => new Set(seatNos).size === seatNos.length, 'a seat is named twice'),
  )

/** `2024-10-10` or `20241010`. */
export const dayWord = z
  .union([z.string(), z.number()], 'a date such as 2024-10-10')
  .transform((text) => `${text}`.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
  .pipe(z.iso.date())
  .describe('`2024-10-10` or `20241010`, in the concert’s time zone.')

/** For charges: with one, a repeat adds nothing and gets the first reply; without, every request is another charge. */
export const attempt = z.object({ 'idempotency-key': idempotencyKey.optional() })

/** A day in the concert's time zone: `2024-01-01`. */
export function dayOf(atMs: number, timeZone: string): string {
  return at(atMs, timeZone).toPlainDate().toString()
}

/** A time of day in the concert's time zone, with no zone of its own, as `customers` writes it: `2024-10-11T02:33:55.653`. */
export function localTimeOf(atMs: number, timeZone: string): string {
  return at(atMs, timeZone).toPlainDateTime().toString({ fractionalSecondDigits: 3 })
}

function at(atMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone)
}

/** Old clients know three states; what is not for sale looks sold to them. */
export const statusWord: Record<SeatStatus, 'AVAILABLE' | 'HELD' | 'SOLD'> = {
  available: 'AVAILABLE',
  held: 'HELD',
  sold: 'SOLD',
  blocked: 'SOLD',
}
