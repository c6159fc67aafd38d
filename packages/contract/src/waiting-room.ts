import { z } from 'zod'
import { challengeProof } from './challenge.ts'
import { accountId, concertId } from './ids.ts'
import { keepable } from './locale.ts'
import { instantMs } from './time.ts'

/** before -> lobby -> open <-> paused -> draining -> closed; `soldOut` is `open` with no seat obtainable. */
export const linePhase = z.enum(['before', 'lobby', 'open', 'paused', 'draining', 'soldOut', 'closed'])
export type LinePhase = z.infer<typeof linePhase>

/** At most 280 characters, in every language the product speaks. */
const announcement = keepable.trim().min(1).max(280)
export const lineMessage = z.object({ ko: announcement, en: announcement })
export type LineMessage = z.infer<typeof lineMessage>

const token = z.string().min(1).max(1024)

/** Signed proof of a place in line (see core/waiting-room): keep it, present it after the server lost its memory. */
export const receipt = token.describe(
  'Signed proof of a place in line: keep it, and show it after an outage.',
)
/** Signed admission: an offer until `enter` claims it, then a pass. */
export const pass = token.describe('Signed admission: an offer until it is used or claimed, then a pass.')

export const statusInput = z.object({ concertId, receipt: receipt.optional(), pass: pass.optional() })
export const joinInput = statusInput.extend({ proof: challengeProof.optional() })
export const enterInput = z.object({ concertId, pass })
export const leaveInput = z.object({ concertId })

/** Sixteen letters and digits in groups of four; spaces, dashes and lower case are as good. */
export const bypassCode = z.string().min(1).max(64)
export const useBypassCodeInput = z.object({ concertId, code: bypassCode })

/** A fan's place. Only the fan it belongs to ever sees it. */
export const entry = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('waiting'),
    receipt,
    /** Fans ahead at `asOfMs`. In the lobby it is `null`: the draw decides at opening. */
    ahead: z.number().int().nonnegative().nullable(),
    /** The line's `admittedTotal` when `ahead` was read: ahead now = ahead - (admittedTotal now - this), never below 0. */
    admittedTotalAtRead: z.number().int().nonnegative(),
    asOfMs: instantMs,
    /** When the client should ask for an exact rank again; grows with distance. */
    refreshAfterMs: z.number().int().positive(),
  }),
  z.object({ state: z.literal('offered'), pass, claimBeforeMs: instantMs, asOfMs: instantMs }),
  z.object({ state: z.literal('active'), pass, expiresAtMs: instantMs, asOfMs: instantMs }),
])
export type Entry = z.infer<typeof entry>

/** The one message per line and tick that everybody in it shares. */
export const queueProgress = z.object({
  concertId,
  /** Another epoch than before: the server lost the line. Show receipt and pass at once (`status`) to be put back. */
  epoch: z.number().int().nonnegative(),
  phase: linePhase,
  admittedTotal: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  active: z.number().int().nonnegative(),
  capacity: z.number().int().nonnegative(),
  /** Fans let in per minute, measured over the last minutes; `null` when there is nothing to measure yet. */
  outflowPerMinute: z.number().nonnegative().nullable(),
  /** Seats available per category code, summed over the concert's shows: a hint. */
  stock: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** What the operator tells everybody in line; left out when there is nothing to tell. */
  message: lineMessage.optional(),
  asOfMs: instantMs,
})
export type QueueProgress = z.infer<typeof queueProgress>

export const lineStatus = z.object({
  /** Whose entry it is: the fan who asked. */
  fanId: accountId,
  entry,
  progress: queueProgress,
  opensAtMs: instantMs,
  lobbyOpensAtMs: instantMs.nullable(),
  /** sha256 of the lottery seed, published before the draw; the seed itself after it. Both null for a plain FIFO line. */
  draw: z.object({ commitment: z.string(), seed: z.string().nullable() }).nullable(),
})
export type LineStatus = z.infer<typeof lineStatus>
