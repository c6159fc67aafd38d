import { type AccountId, type ConcertId, DomainError, type LineStatus } from '@greenroom/contract'
import { type Door, guardNewcomer, readLineGuards } from '../line-guards/index.ts'
import type { Deps } from '../platform/deps.ts'
import { askAgainWhenGone } from './ask-again.ts'
import { claimEntry } from './enter-sale.ts'
import { findPlace, readShown, type Shown } from './find-place.ts'
import { takesNewcomers } from './line.ts'
import { describeLine } from './line-status.ts'
import type { KnownPlace, NewcomerGuard } from './queue-store.ts'
import { type LineNow, readLine } from './recent-line.ts'
import { tickWhenIdle } from './tick-when-idle.ts'
import type { Bearer } from './tokens.ts'

/**
 * Puts the fan in line, or finds them there: every tab, device and repeat gets the same place. With nobody waiting and
 * room to spare the fan is active at once. `receipt` and `pass` restore a place that Redis lost. `door` says how the fan came:
 * left out, as for who was let in by us or by a partner, a newcomer is asked for nothing.
 *
 * Refuses with LINE_CLOSED {phase} before the lobby, after the end, and for newcomers while draining; RECEIPT_REFUSED
 * or PASS_REFUSED when a token is forged, somebody else's or spent; UNAVAILABLE or LINE_REBUILDING when Redis cannot say.
 * Newcomers, as the concert's guards want it: CHALLENGE_REQUIRED, CHALLENGE_REFUSED, ADDRESS_CROWDED.
 */
export async function joinLine(
  deps: Deps,
  input: {
    concertId: ConcertId
    fanId: AccountId
    receipt?: string | undefined
    pass?: string | undefined
    door?: Door | undefined
  },
): Promise<LineStatus> {
  const now = await readLine(deps, input.concertId)
  const bearer = { concertId: input.concertId, fanId: input.fanId }
  requireOpenDoor(now)
  const found = await findOrJoin(deps, now, bearer, readShown(deps, bearer, input), input.door)
  return await describeLine(deps, now, bearer, found)
}

/** The fan's place in the line, made if there is none. Refuses as `joinLine` does. */
export async function findOrJoin(
  deps: Deps,
  now: LineNow,
  bearer: Bearer,
  shown: Shown,
  door?: Door,
): Promise<Exclude<KnownPlace, { state: 'none' }>> {
  const guards = door && (await readLineGuards(deps, bearer.concertId))
  if (door === undefined || guards === undefined || !takesNewcomers(now.phase)) {
    return await askAgainWhenGone(() => joinOnce(deps, now, bearer, shown))
  }
  // who has a place keeps it, whatever a newcomer is asked for
  const isKnown =
    guards.challenge !== 'off' &&
    (await findPlace(deps, now.line, { ...bearer, ...shown, mayJoin: false, mayAdmit: false })).state !==
      'none'
  const guard = await guardNewcomer(deps, {
    guards: isKnown ? { ...guards, challenge: 'off' } : guards,
    bearer,
    door,
    nowMs: now.nowMs,
  })
  return await askAgainWhenGone(() => joinOnce(deps, now, bearer, shown, guard))
}

/** `undefined`: the place was gone before the fan could be told of it. */
async function joinOnce(
  deps: Deps,
  now: LineNow,
  bearer: Bearer,
  shown: Shown,
  guard?: NewcomerGuard,
): Promise<Exclude<KnownPlace, { state: 'none' }> | undefined> {
  const { line, phase } = now
  const mayJoin = takesNewcomers(phase)
  const found = await findPlace(deps, line, {
    ...bearer,
    ...shown,
    mayJoin,
    mayAdmit: phase === 'open',
    guard,
  })
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
