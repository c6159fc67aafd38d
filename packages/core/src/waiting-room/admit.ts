import type { AccountId, ConcertId, QueueProgress } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { endPasses, readIdleMs, tickLine } from './admission-store.ts'
import { keepPace } from './keep-pace.ts'
import { admitsFans, linePhaseOf } from './line.ts'
import { countStock, findRecentlySpent, markEpochBegun, readLineRow } from './line-store.ts'
import { publishLineEvent } from './line-events-store.ts'
import { progressOf } from './line-status.ts'
import { recentValue } from '../platform/recent-value.ts'

/**
 * Counting a stadium's 90,000 seats takes some 50 ms: done at most a twentieth of the time. A club's takes one and is
 * done anew each tick. Offers are not made on a count older than 5 s (lua/line.lua).
 */
const stocks = recentValue({
  maxAgeMs: (tookMs) => (tookMs < 20 ? 0 : Math.min(4_000, tookMs * 20)),
  maxEntries: 1_000,
  load: (deps: Deps, concertId: ConcertId) => countStock(deps.db, concertId),
})

/**
 * One tick of a line: frees what was spent or ran out, offers free slots in order, and tells everybody the new numbers
 * in one message. Any number of workers may tick at once and ticks may be late, lost or doubled. Refuses with NOT_FOUND
 * for a concert without a line, UNAVAILABLE or LINE_REBUILDING when Redis cannot say.
 */
export async function admit(
  deps: Deps,
  input: { concertId: ConcertId },
): Promise<{ progress: QueueProgress; offered: AccountId[]; ended: AccountId[] }> {
  const { concertId } = input
  const [{ line, nowMs }, { value: stock }, spent] = await Promise.all([
    readLineRow(deps.db, concertId),
    stocks.read(deps, concertId),
    findUntold(deps, concertId),
  ])
  if (spent.length > 0) {
    await endPasses(
      deps,
      concertId,
      spent.map(({ fanId, epoch, seq }) => ({ fanId, place: { epoch, seq } })),
    )
  }
  const phase = linePhaseOf(line, nowMs)
  await keepPace(deps, line)
  const { counters, offered, ended } = await tickLine(deps, line, { mayAdmit: admitsFans(phase), stock })
  // whoever began the epoch died before it could say so: without it a loss of Redis would let newcomers overtake
  if (counters.epoch > line.begunEpoch) await markEpochBegun(deps.db, concertId, counters.epoch)
  const event = { concertId, progress: progressOf({ line, phase, nowMs }, counters), offered, ended }
  await publishLineEvent(deps, event)
  return event
}

/** Places that a payment spent and may not have told Redis: those of the last minute, and of the time nobody ticked in. */
async function findUntold(deps: Deps, concertId: ConcertId): ReturnType<typeof findRecentlySpent> {
  const idleMs = await readIdleMs(deps, concertId)
  return await findRecentlySpent(deps.db, concertId, 60_000 + idleMs)
}
