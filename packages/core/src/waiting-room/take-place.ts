import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { claimByUse } from './enter-sale.ts'
import { findOrJoin, requireOpenDoor } from './join-line.ts'
import { recentProgress } from './line-status.ts'
import { type Place, scoreOf } from './place.ts'
import { readLine } from './recent-line.ts'
import { signReceipt } from './tokens.ts'

export type TakenPlace = {
  /** The receipt of the place: one text for as long as the fan has it, waiting or inside. */
  token: string
  state: 'waiting' | 'active'
  /** 1 is next; 0 inside. In a lobby, whose draw is still to come, everybody has the last one. */
  position: number
  place: Place
  /** The place as one whole number, no other's in its line. */
  placeId: number
  asOfMs: number
}

/**
 * Puts the fan in line, or finds them there, for callers who keep one token through it all: the same fan gets the same
 * token from every process, until the place is spent, given up or over, and then another. Asking claims an offer, so
 * whoever reads `active` has the line's full pass time. Refuses with LINE_CLOSED as `joinLine` does, NOT_FOUND,
 * UNAVAILABLE or LINE_REBUILDING, PASS_REFUSED `expired` when an offer lapses while it is claimed: asked again, it gives a
 * new place. The fan must exist: see `readFan`.
 */
export async function takePlace(
  deps: Deps,
  fan: { concertId: ConcertId; fanId: AccountId },
): Promise<TakenPlace> {
  const bearer = { concertId: fan.concertId, fanId: fan.fanId }
  const now = await readLine(deps, bearer.concertId)
  requireOpenDoor(now)
  const found = await findOrJoin(deps, now, bearer, {})
  const token = signReceipt(deps, bearer, found.place, found.epochBeganAtMs)
  const taken = { token, place: found.place, placeId: scoreOf(found.place), asOfMs: found.nowMs }
  if (found.state === 'inside') {
    await claimByUse(deps, now, bearer, found)
    return { ...taken, state: 'active', position: 0 }
  }
  const ahead = found.ahead ?? (await recentProgress(deps, now)).waiting - 1
  return { ...taken, state: 'waiting', position: Math.max(1, ahead + 1) }
}
