import { Temporal } from 'temporal-polyfill'

/** What `datetime-local` fields take at most: a year has four digits, and a fifth is a slip. */
export const latestField = '9999-12-31T23:59'

/** What a `datetime-local` field holds for an instant: the venue's clock, to the minute. */
export function toField(atMs: number | null, timeZone: string): string {
  if (atMs === null) return ''
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDateTime()
  return local.toString({ smallestUnit: 'minute' })
}

/**
 * The instant that a field names by the venue's clock; `null` for an empty one. An hour that a clock goes through twice is its first, one
 * that it leaves out is moved as the clock is (Temporal's `compatible`, RFC 5545).
 */
export function fromField(text: string, timeZone: string): number | null {
  if (text === '') return null
  return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds
}
