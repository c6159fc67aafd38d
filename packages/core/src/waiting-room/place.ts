import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { AccountId } from '@greenroom/contract'

/**
 * Where a fan stands: smaller is sooner. `epoch` is 0 for a place drawn in the lobby and counts the losses of Redis
 * from 1 on for all others; `seq` counts within it.
 */
export type Place = { epoch: number; seq: number }

const epochSize = 2 ** 40
/** Drawn places lie below, places given in order from here on: after the opening nothing has to be renumbered. */
export const firstFifoSeq = 2 ** 39

/** The place as the one number that the line is sorted by; exact in a double for 8,192 epochs. */
export function scoreOf(place: Place): number {
  return place.epoch * epochSize + place.seq
}

export function placeOf(score: number): Place {
  const epoch = Math.floor(score / epochSize)
  return { epoch, seq: score - epoch * epochSize }
}

/** A new lottery: the secret seed, and its sha256 to publish before anybody can join. */
export function drawSeed(): { seed: string; commitment: string } {
  const seed = randomBytes(32).toString('hex')
  return { seed, commitment: createHash('sha256').update(seed).digest('hex') }
}

/**
 * The fan's place in the draw: the first 39 bits of HMAC-SHA256(seed, fan id). Depends on nothing else, so the lobby
 * needs no shuffle, a lost lobby is the same lobby again, and `verifyDraw` of the contract recomputes it anywhere.
 */
export function drawnPlace(seed: string, fanId: AccountId): Place {
  const mac = createHmac('sha256', seed).update(String(fanId)).digest()
  return { epoch: 0, seq: Number(mac.readBigUInt64BE(0) >> 25n) }
}
