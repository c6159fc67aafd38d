import { z } from 'zod'
import { concertId } from './ids.ts'
import { instantMs } from './time.ts'

/**
 * What a newcomer has to do before a line takes them, when its operator asks for it.
 * `work`: find a number for each puzzle, see `solveWork` of the client. `provider`: show the widget and send what it gives.
 */
export const challenge = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('work'),
    /** Signed; good for this fan, this line and until `expiresAtMs`, once. */
    challenge: z.string().min(1).max(1024),
    /** 2^bits tries altogether, on average. */
    bits: z.number().int(),
    expiresAtMs: instantMs,
  }),
  z.object({
    kind: z.literal('provider'),
    /** A page to show in a frame. It posts `{ greenroomProof: text }` to its parent when the fan has passed. */
    widgetUrl: z.string(),
  }),
])
export type Challenge = z.infer<typeof challenge>
export type WorkChallenge = Extract<Challenge, { kind: 'work' }>

/** `<challenge>:<number>,<number>,...` for work, else what the provider's widget gave. */
export const challengeProof = z
  .string()
  .min(1)
  .max(4_096)
  .describe('What solving the challenge of CHALLENGE_REQUIRED gave.')

export const challengeKind = z.enum(['off', 'work', 'provider'])
export type ChallengeKind = z.infer<typeof challengeKind>
/** 256 tries are nothing, 16 million take a phone a minute. */
export const challengeBits = z.number().int().min(8).max(24)

export const lineGuardsInput = z.object({ concertId })
const guardFields = z.object({
  challenge: challengeKind.optional(),
  challengeBits: challengeBits.optional(),
  /** Accounts of one address (IPv6: /64) that may wait at a time; null: any number. Homes, schools and phone networks share one. */
  mostPerAddress: z.number().int().min(1).max(100_000).nullable().optional(),
})
/** `from`: what the changed parts were as far as the operator knew; what it leaves out is not compared. */
export const guardLineInput = guardFields.extend({ concertId, from: guardFields.optional() })
/** What keeps bots out of a line. */
export const lineGuards = z.object({
  challenge: challengeKind,
  challengeBits,
  mostPerAddress: z.number().int().nullable(),
  /** Whether this server knows a provider at all. */
  hasProvider: z.boolean(),
})
export type LineGuards = z.infer<typeof lineGuards>
