import { accountId, concertId, reservationId, seatId, type SeatStatus, showId } from '@greenroom/contract'
import { z } from 'zod'
import { integerMeta } from '../integer-meta.ts'

/** A whole number as the old clients write it: `10` or `"10"`. */
export function whole<Schema extends z.ZodType<unknown, number>>(schema: Schema) {
  const text = z
    .string()
    .regex(/^\d{1,16}$/, 'digits alone')
    .transform(Number)
  return z
    .union([z.number(), text])
    .pipe(schema)
    .meta(integerMeta(schema, { orText: true }))
}

export const userIdWord = whole(accountId)
export const concertIdWord = whole(concertId)
export const showIdWord = whole(showId)
export const seatIdWord = whole(seatId)
export const reservationIdWord = whole(reservationId)
/** Of won; what may be charged at most is the wallet's rule. */
export const amountWord = whole(z.number().int().min(1).max(10_000_000))

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
