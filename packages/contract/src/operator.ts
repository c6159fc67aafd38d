import { z } from 'zod'
import { concertId, showId } from './ids.ts'
import { instantMs } from './time.ts'
import { queueProgress } from './waiting-room.ts'

export const steerLineInput = z.object({ concertId, action: z.enum(['open', 'pause', 'drain', 'close']) })
export const tuneLineInput = z.object({
  concertId,
  capacity: z.number().int().min(0).max(1_000_000).optional(),
  /** Admissions per minute; null lifts the limit. */
  ratePerMinute: z.number().int().min(0).max(1_000_000).nullable().optional(),
})
export const admitStaffInput = z.object({ concertId, email: z.email() })
export const saleOverview = z.object({
  progress: queueProgress,
  ratePerMinute: z.number().int().nullable(),
  seats: z.object({
    available: z.number().int(),
    held: z.number().int(),
    sold: z.number().int(),
    blocked: z.number().int(),
  }),
  revenueMinor: z.number().int(),
})
export type SaleOverview = z.infer<typeof saleOverview>
export const auditInput = z
  .object({
    /** Whose deeds: what operators did by themselves, or what partners did for fans. Both when left out. */
    by: z.enum(['operators', 'partners']).optional(),
  })
  .optional()
export type AuditInput = z.infer<typeof auditInput>
export const auditEntry = z.object({
  auditId: z.number().int(),
  actorEmail: z.string(),
  /** The partner who acted for that fan; `null` when they acted by themselves. */
  partnerName: z.string().nullable(),
  action: z.string(),
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  atMs: z.number().int(),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const resumeSaleInput = z.object({ showId })
/** Why a show sells nothing more: something that must never be was found in its seats or payments. */
export const saleStop = z.object({
  showId,
  concertId,
  startsAtMs: instantMs,
  /** The name of what must hold. */
  oracle: z.string(),
  /** What exactly is wrong. */
  fault: z.string(),
  stoppedAtMs: instantMs,
})
export type SaleStop = z.infer<typeof saleStop>
const invariantCheck = z.object({
  /** The names of all that were asked. */
  oracles: z.array(z.string()),
  violations: z.array(
    z.object({ oracle: z.string(), fault: z.string(), showId: z.number().int().optional() }),
  ),
  tookMs: z.number().int(),
  checkedAtMs: instantMs,
  ageMs: z.number().int(),
})
export const invariantsReport = z.object({
  /** The newest of the checks that run each minute; `null` before the first. */
  check: invariantCheck.nullable(),
  /** The newest of the daily checks, which read everything; `null` before the first. */
  everything: invariantCheck.nullable(),
  stops: z.array(saleStop),
})
export type InvariantsReport = z.infer<typeof invariantsReport>
