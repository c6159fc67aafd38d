import type {
  AccountId,
  ConcertId,
  Entry,
  LineStatus,
  LineSteering,
  QueueProgress,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { entryOf } from './entry.ts'
import { findPlace, readShown } from './find-place.ts'
import { scheduledPhaseOf } from './line.ts'
import { findLiveLines } from './line-store.ts'
import { describeLine, isAdmitting, recentProgress } from './line-status.ts'
import { readLine } from './recent-line.ts'
import { tickWhenIdle } from './tick-when-idle.ts'

type Fan = { concertId: ConcertId; fanId: AccountId }

/**
 * The fan's place and the line around it. Gives no place to who has none, but restores one from a token as `joinLine`
 * does, with the same refusals; in a closed line it still answers.
 */
export async function readLineStatus(
  deps: Deps,
  input: Fan & { receipt?: string | undefined; pass?: string | undefined },
): Promise<LineStatus> {
  const now = await readLine(deps, input.concertId)
  const bearer = { concertId: input.concertId, fanId: input.fanId }
  const shown = now.phase === 'closed' ? {} : readShown(deps, bearer, input)
  const found = await findPlace(deps, now.line, { ...bearer, ...shown, mayJoin: false, mayAdmit: false })
  return await describeLine(deps, now, bearer, await tickWhenIdle(deps, now, bearer, found))
}

/** The fan's own place alone, for a push. */
export async function readEntry(deps: Deps, fan: Fan): Promise<Entry> {
  const now = await readLine(deps, fan.concertId)
  const found = await findPlace(deps, now.line, { ...fan, mayJoin: false, mayAdmit: false })
  const { outflowPerMinute } = await recentProgress(deps, now)
  return entryOf(deps, fan, found, outflowPerMinute)
}

/** The line's numbers, at most half a second old. Refuses with NOT_FOUND, UNAVAILABLE or LINE_REBUILDING. */
export async function readProgress(deps: Deps, concertId: ConcertId): Promise<QueueProgress> {
  return await recentProgress(deps, await readLine(deps, concertId))
}

/** Whether somebody who waits ought to be let in: see `isAdmitting`. Refuses like `readProgress`. */
export async function readIsAdmitting(deps: Deps, concertId: ConcertId): Promise<boolean> {
  return await isAdmitting(deps, await readLine(deps, concertId))
}

/** What an operator said of the line last, and what its clock says, as of the last second. Refuses with NOT_FOUND. */
export async function readSteering(deps: Deps, concertId: ConcertId): Promise<LineSteering> {
  const { line, nowMs } = await readLine(deps, concertId)
  const scheduledPhase = scheduledPhaseOf(line, nowMs)
  return { saidByHand: line.override === 'open' ? null : line.override, scheduledPhase }
}

/** The concerts whose lines want ticks. */
export async function listLines(deps: Deps): Promise<ConcertId[]> {
  return await findLiveLines(deps.db)
}
