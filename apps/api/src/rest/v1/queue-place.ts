import {
  estimateWait,
  instantMs,
  type LineStatus,
  lineStatus,
  pass,
  receipt,
  waitRange,
} from '@greenroom/contract'
import { z } from 'zod'

const count = z.number().int().nonnegative()
const position = count.describe('1 is next, 0 is in')
const ahead = count.describe('Fans who come first')
const eta = waitRange.describe('How long that should take by the measured flow: a hint, no promise')
const line = {
  line: lineStatus.shape.progress.describe('The line as everybody in it sees it'),
  opensAtMs: lineStatus.shape.opensAtMs,
  lobbyOpensAtMs: lineStatus.shape.lobbyOpensAtMs,
  draw: lineStatus.shape.draw.describe(
    'The lobby’s draw, for everybody to verify; null in a line without one',
  ),
}

/** A fan's place in REST's words. What nobody knows is null: the place before the draw, the wait while nothing flows. */
export const queuePlace = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('WAITING'),
    position: position.nullable(),
    ahead: ahead.nullable(),
    eta: eta.nullable(),
    receipt,
    refreshAfterMs: z.number().int().positive().describe('Ask again after this time'),
    asOfMs: instantMs,
    ...line,
  }),
  z.object({
    state: z.literal('ACTIVE'),
    position,
    ahead,
    eta,
    pass,
    passExpiresAtMs: instantMs.describe(
      'Of a pass that was never used: the end of the offer, which its use prolongs',
    ),
    asOfMs: instantMs,
    ...line,
  }),
  z.object({
    state: z.literal('EXPIRED'),
    position: z.null(),
    ahead: z.null(),
    eta: z.null(),
    asOfMs: instantMs,
    ...line,
  }),
])
export type QueuePlace = z.input<typeof queuePlace>

/** The fan's place as REST tells it. An offer is ACTIVE, because showing its pass claims it; no place is EXPIRED. */
export function placeOf({ entry, progress, opensAtMs, lobbyOpensAtMs, draw }: LineStatus): QueuePlace {
  const around = { line: progress, opensAtMs, lobbyOpensAtMs, draw }
  if (entry.state === 'none') {
    const nowhere = { position: null, ahead: null, eta: null }
    return { state: 'EXPIRED', ...nowhere, asOfMs: progress.asOfMs, ...around }
  }
  if (entry.state === 'waiting') {
    const { ahead: before, asOfMs, refreshAfterMs } = entry
    const where =
      before === null
        ? { position: null, ahead: null, eta: null }
        : { position: before + 1, ahead: before, eta: estimateWait(before, progress.outflowPerMinute) }
    return { state: 'WAITING', ...where, receipt: entry.receipt, refreshAfterMs, asOfMs, ...around }
  }
  const passExpiresAtMs = entry.state === 'offered' ? entry.claimBeforeMs : entry.expiresAtMs
  const where = { position: 0, ahead: 0, eta: { lowMs: 0, highMs: 0 } }
  return { state: 'ACTIVE', ...where, pass: entry.pass, passExpiresAtMs, asOfMs: entry.asOfMs, ...around }
}
