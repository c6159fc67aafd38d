import { z } from 'zod'
import type { FaultReason } from './fault-reason.ts'
import { concertId, seatId, showId } from './ids.ts'
import { keepable, localizedText } from './locale.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs, plannedMs } from './time.ts'
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

/** What is left of a show, category by category. */
export const showStock = z.object({ stock: z.array(categoryStock), asOfMs: instantMs })

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
  /** The server's clock when this was read: `opensAtMs - asOfMs` is how long it is until then, whatever the client's clock says. */
  asOfMs: instantMs,
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
  /** Nothing of this show can be held or paid for now: something about it is being looked into. */
  isStopped: z.boolean(),
  /** It does not take place: what was paid goes back, and no ticket of it opens a gate. It is stopped, too. */
  isCancelled: z.boolean(),
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

export const seatPlanId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).brand<'SeatPlanId'>()
export type SeatPlanId = z.infer<typeof seatPlanId>

const timeZone = z.string().refine((name) => isTimeZone(name), {
  message: 'not a time zone of the IANA database',
  params: { reason: 'unknownTimeZone' satisfies FaultReason },
})

/** How a concert's line runs; an operator may tune capacity and rate later. */
export const lineSettings = z
  .object({
    mode: z.enum(['lottery', 'fifo']),
    lobbyOpensAtMs: plannedMs.nullable().default(null),
    opensAtMs: plannedMs,
    closesAtMs: plannedMs.nullable().default(null),
    /** Fans inside at a time. */
    capacity: z.number().int().min(0).max(1_000_000),
    /** Admissions per minute; null: no limit but `capacity`. */
    ratePerMinute: z.number().int().min(0).max(1_000_000).nullable().default(null),
  })
  .refine((line) => line.lobbyOpensAtMs === null || line.lobbyOpensAtMs <= line.opensAtMs, {
    path: ['lobbyOpensAtMs'],
    message: 'the lobby opens after the sale',
    params: { reason: 'lobbyAfterSale' satisfies FaultReason },
  })
  .refine((line) => line.closesAtMs === null || line.closesAtMs > line.opensAtMs, {
    path: ['closesAtMs'],
    message: 'the sale closes before it opens',
    params: { reason: 'closesBeforeOpening' satisfies FaultReason },
  })
export type LineSettings = z.infer<typeof lineSettings>

/** What an operator says of a concert, and may say otherwise later. */
export const concertFields = {
  title: localizedText,
  artist: keepable.trim().min(1).max(200),
  about: localizedText,
  venue: localizedText,
  timeZone,
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/i, 'not a colour such as #7c5cff'),
  seatsPerFan: z.number().int().min(1).max(10),
  holdTtlMs: z.number().int().min(1_000).max(3_600_000),
}

export const createConcertInput = z.object({
  ...concertFields,
  currency: currency.default('KRW'),
  accentColor: concertFields.accentColor.default('#7c5cff'),
  seatsPerFan: concertFields.seatsPerFan.default(4),
  holdTtlMs: concertFields.holdTtlMs.default(300_000),
  /** Names and colours of the price classes are the plan's. */
  seatPlanId,
  prices: z.array(z.object({ categoryCode: z.number().int().nonnegative(), priceMinor: amountMinor })).min(1),
  line: lineSettings,
})
export type CreateConcertInput = z.input<typeof createConcertInput>

export const createShowInput = z.object({ concertId, seatPlanId, startsAtMs: plannedMs })
export type CreateShowInput = z.input<typeof createShowInput>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
