import { type AccountId, type ConcertId, DomainError, type Entry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { askAgainWhenGone } from './ask-again.ts'
import { insideEntryOf } from './entry.ts'
import { findPlace } from './find-place.ts'
import type { Line } from './line.ts'
import { publishFanMove } from './line-events-store.ts'
import { insertEnteredPlace } from './line-store.ts'
import type { Place } from './place.ts'
import { claimOffer, type InsidePlace } from './queue-store.ts'
import { type LineNow, readLine } from './recent-line.ts'
import { stillWaiting } from './still-waiting.ts'
import { type Bearer, readPass } from './tokens.ts'

/**
 * Claims an offer: the fan is inside for the line's full pass time. Repeating it, or showing the pass itself, gives the
 * same pass again. Refuses with PASS_REFUSED: `expired` when the claim window has passed (the place is lost), `spent`,
 * `otherFan`, `otherConcert`, `invalid`; STILL_WAITING {ahead, position} when Redis was lost and others took the room meanwhile.
 */
export async function enterSale(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId; pass: string },
): Promise<Entry> {
  const bearer = { concertId: input.concertId, fanId: input.fanId }
  const shown = readPass(deps, bearer, input.pass)
  const { line, phase } = await readLine(deps, input.concertId)
  if (phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })
  const claimed = await askAgainWhenGone(async () => {
    const found = await findPlace(deps, line, { ...bearer, pass: shown, mayJoin: false, mayAdmit: false })
    if (found.state === 'waiting') throw stillWaiting(found.ahead ?? 0)
    if (found.state === 'none' || !isSamePlace(found.place, shown)) throw expired()
    return await claimEntry(deps, line, { ...bearer, place: shown })
  })
  return insideEntryOf(deps, bearer, claimed)
}

/**
 * A fan who uses their offer has claimed it; a pass is answered as it is. Refuses with LINE_CLOSED once the line is over,
 * PASS_REFUSED `expired` when the claim window has just passed.
 */
export async function claimByUse(
  deps: Deps,
  { line, phase }: LineNow,
  bearer: Bearer,
  inside: InsidePlace,
): Promise<InsidePlace> {
  if (inside.kind === 'a') return inside
  if (phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })
  const claimed = await claimEntry(deps, line, { ...bearer, place: inside.place })
  if (claimed === undefined) throw expired()
  return claimed
}

/**
 * Notes the place in Postgres, then claims it in Redis: a payment will find what it spends. The fan's other devices are told.
 * `undefined`: the claim window has just passed, or Redis lost the place just now; whoever asks again learns which.
 */
export async function claimEntry(
  deps: Deps,
  line: Line,
  offer: Bearer & { place: Place },
): Promise<InsidePlace | undefined> {
  await insertEnteredPlace(deps.db, { ...offer.place, concertId: offer.concertId, fanId: offer.fanId })
  const claimed = await claimOffer(deps, line, offer)
  if (claimed.state === 'none') return undefined
  const { concertId, fanId } = offer
  await hint(deps, 'other devices were not told of an entry', () =>
    publishFanMove(deps, { concertId, fanId, hasEnded: false }),
  )
  return claimed
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.epoch === other.epoch && one.seq === other.seq
}

function expired(): DomainError {
  return new DomainError('PASS_REFUSED', { reason: 'expired' })
}
