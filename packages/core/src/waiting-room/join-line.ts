import { type AccountId, type ConcertId, DomainError, type LineStatus } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { askAgainWhenGone } from './ask-again.ts'
import { claimEntry } from './enter-sale.ts'
import { findPlace, readShown, type Shown } from './find-place.ts'
import { takesNewcomers } from './line.ts'
import { describeLine } from './line-status.ts'
import type { KnownPlace } from './queue-store.ts'
import { type LineNow, readLine } from './recent-line.ts'
import { tickWhenIdle } from './tick-when-idle.ts'
import type { Bearer } from './tokens.ts'

/**
 * Puts the fan in line, or finds them there: every tab, device and repeat gets the same place. With nobody waiting and
 * room to spare the fan is active at once. `receipt` and `pass` restore a place that Redis lost.
 *
 * Refuses with LINE_CLOSED {phase} before the lobby, after the end, and for newcomers while draining; RECEIPT_REFUSED
 * or PASS_REFUSED when a token is forged, somebody else's or spent; UNAVAILABLE or LINE_REBUILDING when Redis cannot say.
 */
export async function joinLine(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId; receipt?: string | undefined; pass?: string | undefined },
): Promise<LineStatus> {
  const now = await readLine(deps, input.concertId)
  const bearer = { concertId: input.concertId, fanId: input.fanId }
  requireOpenDoor(now)
  const found = await findOrJoin(deps, now, bearer, readShown(deps, bearer, input))
  return await describeLine(deps, now, bearer, found)
}

/** The fan's place in the line, made if there is none. Refuses as `joinLine` does. */
export async function findOrJoin(
  deps: Deps,
  now: LineNow,
  bearer: Bearer,
  shown: Shown,
): Promise<Exclude<KnownPlace, { state: 'none' }>> {
  return await askAgainWhenGone(() => joinOnce(deps, now, bearer, shown))
}

/** `undefined`: the place was gone before the fan could be told of it. */
async function joinOnce(
  deps: Deps,
  now: LineNow,
  bearer: Bearer,
  shown: Shown,
): Promise<Exclude<KnownPlace, { state: 'none' }> | undefined> {
  const { line, phase } = now
  const mayJoin = takesNewcomers(phase)
  const found = await findPlace(deps, line, { ...bearer, ...shown, mayJoin, mayAdmit: phase === 'open' })
  const moved = await tickWhenIdle(deps, now, bearer, found)
  if (moved.state === 'none' && !mayJoin) throw new DomainError('LINE_CLOSED', { phase })
  if (moved.state === 'none') return undefined
  const isWalkIn = moved.state === 'inside' && (moved.isNew || found.state === 'waiting')
  if (!isWalkIn) return moved
  return await claimEntry(deps, line, { ...bearer, place: moved.place })
}

/** Before the lobby and after the end there is no line to be in. */
export function requireOpenDoor({ phase }: LineNow): void {
  if (phase === 'before' || phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })
}
