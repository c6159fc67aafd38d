import { z } from 'zod'
import { concertId, saleStopId, showId } from './ids.ts'
import { instantMs } from './time.ts'
import { lineMessage } from './waiting-room.ts'

export const steerLineInput = z.object({
  concertId,
  /** `resume` takes a pause, a draining or a close by hand back; `open` lets fans in now whatever the clock says. */
  action: z.enum(['open', 'resume', 'pause', 'drain', 'close']),
})
/** What steers a line. */
export const lineSteering = z.object({
  /** What an operator said last; `null`: the clock alone decides. */
  saidByHand: z.enum(['paused', 'draining', 'closed']).nullable(),
  /** What it is as soon as nothing is said by hand. */
  scheduledPhase: z.enum(['before', 'lobby', 'open', 'closed']),
})
export type LineSteering = z.infer<typeof lineSteering>
const lineTuning = z.object({
  capacity: z.number().int().min(0).max(1_000_000).optional(),
  /** Admissions per minute; null lifts the limit. */
  ratePerMinute: z.number().int().min(0).max(1_000_000).nullable().optional(),
  /** Whether fewer are let in while fans inside wait too long: anything from `floorPerMinute` to the rate. */
  isLoadAware: z.boolean().optional(),
  /** So many are let in a minute however slow it is. */
  floorPerMinute: z.number().int().min(1).max(1_000_000).optional(),
  /** How long 19 of 20 calls of fans inside may take before fewer are let in. */
  targetP95Ms: z.number().int().min(10).max(10_000).optional(),
})
/** What is tuned of a line; what is left out stays. */
export type LineTuning = z.infer<typeof lineTuning>
/** `from`: what the changed parts were as far as the operator knew; what it leaves out is not compared. */
export const tuneLineInput = lineTuning.extend({ concertId, from: lineTuning.optional() })
/**
 * Why the rate is what it is. `starting`: at the floor, since nothing is known yet; `rising`, `ceiling`: there is room for more,
 * or would be; `latency`, `pool`: lowered, as fans inside wait or statements do; `settling`: what the last lowering did is not known
 * yet; `holding`: between calm and trouble; `frozen`, `blind`: no process says how things are, and none did for 15 seconds.
 */
export const paceReason = z.enum([
  'starting',
  'rising',
  'ceiling',
  'latency',
  'pool',
  'settling',
  'holding',
  'frozen',
  'blind',
])
export type PaceReason = z.infer<typeof paceReason>
/** Load-aware admission of one line. */
export const admissionPace = z.object({
  isOn: z.boolean(),
  floorPerMinute: z.number().int(),
  /** The operator's rate; without one, six rooms a minute. 0: nobody is let in. */
  ceilingPerMinute: z.number().int(),
  /** The operator's rate, on or off; `null`: none, so that off there is no limit but the room. */
  ratePerMinute: z.number().int().nullable(),
  targetP95Ms: z.number().int(),
  /** What the newest decision says; `null` while it is off or has not begun. */
  current: z.object({ perMinute: z.number(), why: paceReason, decidedAtMs: instantMs }).nullable(),
})
export type AdmissionPace = z.infer<typeof admissionPace>
/** What everybody in the line is told; `null` takes it away. */
export const tellLineInput = z.object({ concertId, message: lineMessage.nullable() })
export const admitStaffInput = z.object({ concertId, email: z.email() })
export const auditEntry = z.object({
  auditId: z.number().int(),
  /** `null` for a command. */
  actorEmail: z.string().nullable(),
  /** What was called at a terminal of the installation; `null` for what somebody did who is signed in. */
  command: z.string().nullable(),
  /** The partner who acted for that fan; `null` when they acted by themselves. */
  partnerName: z.string().nullable(),
  action: z.string(),
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  atMs: z.number().int(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** The most faults of one show that a report names. */
export const mostStopsOfShow = 50
export const resumeSaleInput = z.object({
  showId,
  /** The faults that were looked at: those alone do not stop the show any more. */
  stopIds: z.array(saleStopId).min(1).max(mostStopsOfShow),
})
export const resumedSale = z.object({
  /** The show sells nothing still, for faults that were not named. */
  isStopped: z.boolean(),
  openFaults: z.number().int().nonnegative(),
})
export type ResumedSale = z.infer<typeof resumedSale>
/** Why a show sells nothing more: something that must never be was found in its seats or payments. */
export const saleStop = z.object({
  stopId: saleStopId,
  showId,
  concertId,
  startsAtMs: instantMs,
  /** The name of what must hold. */
  oracle: z.string(),
  /** What exactly is wrong. */
  fault: z.string(),
  stoppedAtMs: instantMs,
  /** How many such faults the show has in all; not all of them are told. */
  openOfShow: z.number().int().positive(),
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
  /** At most 50 of a show and 200 in all, the newest ones; of each stopped show, if there are no more, at least one. */
  stops: z.array(saleStop),
})
export type InvariantsReport = z.infer<typeof invariantsReport>
