import { z } from 'zod'
import { concertId, seatId, showId } from './ids.ts'
import { localizedText } from './locale.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'
import { linePhase } from './waiting-room.ts'

/** One price class of a concert. `code` is its place in the seat plan's category list and in the geometry file. */
export const category = z.object({
  code: z.number().int().nonnegative(),
  name: z.string(),
  color: z.string(),
  priceMinor: amountMinor,
})
export type Category = z.infer<typeof category>

/** What is left of one category: a hint for browsing, as old as `asOfMs` says. */
export const categoryStock = z.object({
  code: z.number().int().nonnegative(),
  total: z.number().int(),
  available: z.number().int(),
})
export type CategoryStock = z.infer<typeof categoryStock>

export const concertSummary = z.object({
  concertId,
  title: localizedText,
  artist: z.string(),
  venue: localizedText,
  timeZone: z.string(),
  currency,
  phase: linePhase,
  lobbyOpensAtMs: instantMs.nullable(),
  opensAtMs: instantMs,
  closesAtMs: instantMs.nullable(),
  firstShowAtMs: instantMs,
  lastShowAtMs: instantMs,
  minPriceMinor: amountMinor,
  maxPriceMinor: amountMinor,
  accentColor: z.string(),
})
export type ConcertSummary = z.infer<typeof concertSummary>

export const showSummary = z.object({
  showId,
  concertId,
  startsAtMs: instantMs,
  seatCount: z.number().int(),
  /** Seat ids of a show are consecutive: the seat with ordinal n in the geometry file has id `firstSeatId + n`. */
  firstSeatId: seatId,
  geometryUrl: z.string(),
  stock: z.array(categoryStock),
  stockAsOfMs: instantMs,
})
export type ShowSummary = z.infer<typeof showSummary>

export const concertPage = concertSummary.extend({
  about: localizedText,
  categories: z.array(category),
  shows: z.array(showSummary),
  seatsPerFan: z.number().int(),
  holdTtlMs: z.number().int(),
})
export type ConcertPage = z.infer<typeof concertPage>

export const concertInput = z.object({ concertId })
export const showInput = z.object({ showId })
