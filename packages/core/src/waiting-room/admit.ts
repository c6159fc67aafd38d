import type { AccountId, ConcertId, QueueProgress } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { endPasses, tickLine } from './admission-store.ts'
import { admitsFans, linePhaseOf } from './line.ts'
import { countStock, findRecentlySpent, readLineRow } from './line-store.ts'
import { publishLineEvent } from './line-events-store.ts'
import { progressOf } from './line-status.ts'

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
  const [{ line, nowMs }, stock, spent] = await Promise.all([
    readLineRow(deps.db, concertId),
    countStock(deps.db, concertId),
    findRecentlySpent(deps.db, concertId),
  ])
  if (spent.length > 0) {
    await endPasses(
      deps,
      concertId,
      spent.map(({ fanId, epoch, seq }) => ({ fanId, place: { epoch, seq } })),
    )
  }
  const phase = linePhaseOf(line, nowMs)
  const { counters, offered, ended } = await tickLine(deps, line, { mayAdmit: admitsFans(phase), stock })
  const event = { concertId, progress: progressOf({ line, phase, nowMs }, counters), offered, ended }
  await publishLineEvent(deps, event)
  return event
}
