import { type AccountId, type ConcertId, DomainError, isDomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { claimByUse, isSamePlace } from './enter-sale.ts'
import { findPlace } from './find-place.ts'
import { readProof } from './line-store.ts'
import { findLivePass } from './look-store.ts'
import type { Place } from './place.ts'
import type { KnownPlace } from './queue-store.ts'
import { readLine } from './recent-line.ts'
import { stillWaiting } from './still-waiting.ts'
import { type Bearer, readPass, type ShownPass } from './tokens.ts'

/** A pass that is good now. `isPinned`: its own time is over, and it lives on for the sake of a hold alone. */
export type Pass = Bearer & Place & { expiresAtMs: number; isPinned: boolean }

/**
 * Lets through who has a live pass of this concert, asking Redis; when Redis does not answer, its signature, its end
 * and Postgres' list of spent ones decide, so that fans inside go on. Showing it also brings it back to a Redis that
 * was emptied, and an offer that is shown is claimed by that.
 *
 * Refuses with PASS_REFUSED (`invalid`, `otherFan`, `otherConcert`, `expired`, `spent`), LINE_CLOSED for an offer of a line
 * that is over, PASS_REQUIRED for one that cannot be claimed because Redis is away, STILL_WAITING {ahead, position} when
 * Redis lost the pass and others took the room meanwhile (the fan is next).
 */
export async function requirePass(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId; pass: string },
): Promise<Pass> {
  const bearer = { concertId: input.concertId, fanId: input.fanId }
  const shown = readPass(deps, bearer, input.pass)
  try {
    return await askRedis(deps, bearer, shown)
  } catch (error) {
    if (!isDomainError(error, 'UNAVAILABLE') && !isDomainError(error, 'LINE_REBUILDING')) throw error
    return await askPostgres(deps, bearer, shown)
  }
}

/**
 * `requirePass` for who wants to hold seats: a pass that a live hold alone keeps alive is refused as `expired`. Without
 * this a fan could stay inside for ever, taking one hold before the other ends.
 */
export async function requirePassToHold(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId; pass: string },
): Promise<Pass> {
  const pass = await requirePass(deps, input)
  if (pass.isPinned) throw new DomainError('PASS_REFUSED', { reason: 'expired' })
  return pass
}

/** Nearly all who show a pass are inside with it; whoever is not found so is looked for as in the line. */
async function askRedis(deps: Deps, bearer: Bearer, shown: ShownPass): Promise<Pass> {
  const live = await findLivePass(deps, bearer.concertId, bearer.fanId)
  if (live === undefined || !isSamePlace(live.place, shown)) return await askLine(deps, bearer, shown)
  const { place, endsMs, untilMs, nowMs } = live
  return { ...bearer, ...place, expiresAtMs: untilMs, isPinned: endsMs <= nowMs }
}

async function askLine(deps: Deps, bearer: Bearer, shown: ShownPass): Promise<Pass> {
  const now = await readLine(deps, bearer.concertId)
  const ask = async (pass: ShownPass): Promise<KnownPlace> =>
    await findPlace(deps, now.line, { ...bearer, pass, mayJoin: false, mayAdmit: false })
  const known = await ask(shown)
  const found =
    known.state === 'none' && shown.kind === 'o' ? await ask(await asUsed(deps, bearer, shown)) : known
  if (found.state === 'none' || !isSamePlace(found.place, shown)) {
    throw new DomainError('PASS_REFUSED', { reason: 'expired' })
  }
  if (found.state === 'waiting') throw stillWaiting(found.ahead ?? 0)
  const { place, endsMs, untilMs, nowMs } = await claimByUse(deps, now, bearer, found)
  return { ...bearer, ...place, expiresAtMs: untilMs, isPinned: endsMs <= nowMs }
}

async function askPostgres(deps: Deps, bearer: Bearer, shown: ShownPass): Promise<Pass> {
  const { epoch, seq, kind, endsMs } = await asUsed(deps, bearer, shown)
  if (kind === 'o') throw new DomainError('PASS_REQUIRED', {})
  const { isSpent, nowMs } = await readProof(deps.db, { ...bearer, epoch, seq })
  if (isSpent) throw new DomainError('PASS_REFUSED', { reason: 'spent' })
  if (endsMs <= nowMs) throw new DomainError('PASS_REFUSED', { reason: 'expired' })
  return { ...bearer, epoch, seq, expiresAtMs: endsMs, isPinned: false }
}

/**
 * An offer that was claimed by being used is good for the line's pass time, and its text says nothing of that: what
 * Postgres noted when its fan went in does. Any other comes back as it is.
 */
async function asUsed(deps: Deps, bearer: Bearer, shown: ShownPass): Promise<ShownPass> {
  if (shown.kind === 'a') return shown
  const { enteredAtMs } = await readProof(deps.db, { ...bearer, epoch: shown.epoch, seq: shown.seq })
  if (enteredAtMs === null) return shown
  const { line } = await readLine(deps, bearer.concertId)
  return { ...shown, kind: 'a', endsMs: enteredAtMs + line.passTtlMs }
}
