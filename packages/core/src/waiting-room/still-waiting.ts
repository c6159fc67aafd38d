import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findPlace } from './find-place.ts'
import { recentProgress } from './line-status.ts'
import { type LineNow, readLine } from './recent-line.ts'

/** Not your turn yet: `ahead` fans come first, so the fan's position is the next one. */
export function stillWaiting(ahead: number): DomainError {
  return new DomainError('STILL_WAITING', { ahead, position: ahead + 1 })
}

/** The same for a place whose rank may not be known yet: before the draw the whole lobby may be ahead. */
export async function stillWaitingAt(
  deps: Deps,
  now: LineNow,
  found: { ahead: number | null },
): Promise<DomainError> {
  return stillWaiting(found.ahead ?? Math.max(0, (await recentProgress(deps, now)).waiting - 1))
}

/**
 * For fans who show no pass: whoever is in line is told so with STILL_WAITING {ahead, position}, which says more than that a
 * pass is missing. Refuses also with NOT_FOUND, UNAVAILABLE or LINE_REBUILDING.
 */
export async function requireNotWaiting(
  deps: Deps,
  fan: { concertId: ConcertId; fanId: AccountId },
): Promise<void> {
  const now = await readLine(deps, fan.concertId)
  const found = await findPlace(deps, now.line, { ...fan, mayJoin: false, mayAdmit: false })
  if (found.state === 'waiting') throw await stillWaitingAt(deps, now, found)
}
