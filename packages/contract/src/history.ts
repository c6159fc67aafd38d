import { z } from 'zod'
import { auditEntry } from './operator.ts'
import { accountId, concertId, reservationId, showId, ticketId } from './ids.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'

/** Files of comma-separated values that operators fetch at `/admin/exports/<name>.csv`. */
export const exportName = z.enum(['payments', 'tickets', 'reservations', 'line', 'audit'])
export type ExportName = z.infer<typeof exportName>
export const exportNames = exportName.options

const idText = z.coerce.number().pipe(concertId)
/** As it stands in the address. */
export const exportInput = z.object({
  name: exportName,
  /** Of the audit: what was done to this concert, its line and its shows; everything when left out. */
  concertId: idText.optional(),
  /** One date of that concert. Not for the line, which has all dates. */
  showId: z.coerce.number().pipe(showId).optional(),
})
export type ExportInput = z.infer<typeof exportInput>

/** Postgres keeps neither a NUL nor half a character. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
const searchText = z.string().trim().min(1).max(254).refine(isStorable, 'has what no text has')
const page = z.number().int().min(1).max(100).default(30)

export const auditSearchInput = z.object({
  /** Words that all stand in the deed, its object or the state before or after; each may be the beginning of one. */
  text: searchText.optional(),
  /** The e-mail of who did it. */
  actorEmail: searchText.optional(),
  /** Exactly as `noun.verb`. */
  action: searchText.optional(),
  /** Exactly: `concert 12`. */
  target: searchText.optional(),
  by: z.enum(['operators', 'partners']).optional(),
  /** From this moment on. */
  fromMs: instantMs.optional(),
  /** Before this moment. */
  toMs: instantMs.optional(),
  /** `nextCursor` of the page before. */
  cursor: z.number().int().positive().optional(),
  limit: page,
})
export type AuditSearchInput = z.infer<typeof auditSearchInput>
export const auditPage = z.object({
  entries: z.array(auditEntry),
  /** Where the next page begins; `null` on the last. */
  nextCursor: z.number().int().nullable(),
})
export type AuditPage = z.infer<typeof auditPage>

/** Whoever it is about: by what an operator has at hand, an e-mail or the number of something of theirs. */
export const findFanInput = z.object({
  by: z.enum(['email', 'fan', 'reservation', 'payment', 'ticket']),
  text: searchText,
})
export type FindFanInput = z.infer<typeof findFanInput>
export const foundFan = z.object({
  fanId: accountId,
  email: z.string(),
  name: z.string(),
  signedUpAtMs: instantMs,
})
export type FoundFan = z.infer<typeof foundFan>

/** What the history of a line is known from, to and without. */
export const lineKnowledge = z.object({
  concertId,
  /** Moves before this were not kept. */
  sinceMs: instantMs,
  /** Moves after this are not copied yet. */
  untilMs: instantMs,
  gaps: z.array(z.object({ fromMs: instantMs, toMs: instantMs, reason: z.enum(['redisLost', 'tooLate']) })),
})
export type LineKnowledge = z.infer<typeof lineKnowledge>

export const lineMove = z.enum(['joined', 'drawn', 'offered', 'staff', 'entered', 'missed', 'ended', 'left'])
export type LineMove = z.infer<typeof lineMove>

const seatName = z.object({ section: z.string(), row: z.string(), number: z.string() })
/** What has become of a seat that somebody lost: another fan's, free again, their own once more. */
export const seatSince = seatName.extend({
  fate: z.enum(['othersAtOnce', 'othersLater', 'own', 'free', 'blocked']),
  atMs: instantMs.nullable(),
})

const about = { atMs: instantMs, concertId: concertId.nullable() }
const ofReservation = { reservationId, showId, seats: z.array(seatName), amountMinor, currency }
export const timelineEvent = z.discriminatedUnion('what', [
  z.object({ ...about, what: z.literal('signedUp') }),
  z.object({
    ...about,
    what: z.literal('line'),
    move: lineMove,
    /** It happened between then and `atMs`; `null`: at `atMs`. */
    notBeforeMs: instantMs.nullable(),
    /** Of a place that was noted when the fan went in, before moves were kept. */
    isFromNote: z.boolean(),
  }),
  z.object({ ...about, what: z.literal('held'), ...ofReservation, heldUntilMs: instantMs }),
  z.object({ ...about, what: z.literal('paid'), ...ofReservation }),
  z.object({
    ...about,
    what: z.enum(['expired', 'released']),
    ...ofReservation,
    heldUntilMs: instantMs,
    since: z.array(seatSince),
  }),
  z.object({ ...about, what: z.literal('refunded'), ...ofReservation }),
  z.object({
    ...about,
    what: z.literal('money'),
    kind: z.enum(['charge', 'payment', 'refund']),
    amountMinor,
    balanceAfterMinor: amountMinor,
    currency,
    reservationId: reservationId.nullable(),
  }),
  z.object({ ...about, what: z.literal('ticketIssued'), ticketId, reservationId, seat: seatName }),
  z.object({ ...about, what: z.literal('ticketUsed'), ticketId, reservationId, seat: seatName }),
])
export type TimelineEvent = z.infer<typeof timelineEvent>

export const timelineInput = z.object({
  fanId: accountId,
  /** Only what belongs to this concert. */
  concertId: concertId.optional(),
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,17}:\d{1,2}:\d{1,16}$/)
    .optional(),
  limit: page,
})
export type TimelineInput = z.infer<typeof timelineInput>
export const timelinePage = z.object({
  /** Newest first. */
  events: z.array(timelineEvent),
  nextCursor: z.string().nullable(),
  /** Of the lines on this page and the one that was asked for. */
  lines: z.array(lineKnowledge),
})
export type TimelinePage = z.infer<typeof timelinePage>

/** A job that failed for good: nobody tries it again by itself. */
export const failedJob = z.object({
  queue: z.string(),
  jobId: z.string(),
  name: z.string(),
  /** What it carried, as JSON; cut at 2,000 characters. */
  data: z.string(),
  error: z.string(),
  attempts: z.number().int(),
  failedAtMs: instantMs.nullable(),
})
export type FailedJob = z.infer<typeof failedJob>
export const failedJobs = z.object({
  queues: z.array(z.object({ queue: z.string(), failedCount: z.number().int() })),
  /** The newest of each queue, newest first. */
  jobs: z.array(failedJob),
})
export type FailedJobs = z.infer<typeof failedJobs>
export const retryJobInput = z.object({ queue: z.string().min(1).max(60), jobId: z.string().min(1).max(200) })
export type RetryJobInput = z.infer<typeof retryJobInput>
export const retriedJob = z.object({ isRetried: z.boolean() })
