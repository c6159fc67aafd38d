import type { ConcertId, LineStatus, QueueProgress } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { type Counters, readCounters } from './admission-store.ts'
import { entryOf } from './entry.ts'
import { admitsFans, isSeedPublic } from './line.ts'
import type { KnownPlace } from './queue-store.ts'
import type { LineNow } from './recent-line.ts'
import { recentValue } from '../platform/recent-value.ts'
import type { Bearer } from './tokens.ts'

/** However many ask, a process asks Redis for a line's counters twice a second. */
const counters = recentValue({
  maxAgeMs: 500,
  maxEntries: 1_000,
  load: (deps: Deps, concertId: ConcertId) => readCounters(deps, concertId),
})

/** The line's numbers as everybody sees them, at most half a second old; `asOfMs` says when they were true. */
export async function recentProgress(deps: Deps, now: LineNow): Promise<QueueProgress> {
  const { value } = await counters.read(deps, now.line.concertId)
  return progressOf(now, value)
}

export function progressOf({ line, phase }: LineNow, known: Counters): QueueProgress {
  return {
    concertId: line.concertId,
    epoch: known.epoch,
    phase: phase === 'open' && known.stock?.obtainable === 0 ? 'soldOut' : phase,
    admittedTotal: known.admittedTotal,
    waiting: known.waiting,
    active: known.active,
    capacity: line.capacity,
    outflowPerMinute: known.outflowPerMinute,
    stock: known.stock?.byCategory ?? [],
    ...(line.message === null ? {} : { message: line.message }),
    asOfMs: known.nowMs,
  }
}

/**
 * Whether the line would let in somebody who waits, as far as clock, operator and seats go: it is open or draining, at a rate, and
 * more seats can be had than those inside may want. True also while no tick has counted the seats: a line that nobody ticks stands
 * still.
 */
export async function isAdmitting(deps: Deps, { line, phase }: LineNow): Promise<boolean> {
  const { stock, active } = (await counters.read(deps, line.concertId)).value
  const hasSeats = stock === null || stock.obtainable > active
  return admitsFans(phase) && line.ratePerMinute !== 0 && hasSeats
}

/** Everything a fan's page shows of the line. */
export async function describeLine(
  deps: Deps,
  now: LineNow,
  bearer: Bearer,
  found: KnownPlace,
): Promise<LineStatus> {
  const { line, nowMs } = now
  const progress = await recentProgress(deps, now)
  return {
    fanId: bearer.fanId,
    entry: entryOf(deps, bearer, found, progress.outflowPerMinute),
    progress,
    opensAtMs: line.opensAtMs,
    lobbyOpensAtMs: line.lobbyOpensAtMs,
    draw:
      line.lotteryCommitment === null
        ? null
        : { commitment: line.lotteryCommitment, seed: isSeedPublic(line, nowMs) ? line.lotterySeed : null },
  }
}
