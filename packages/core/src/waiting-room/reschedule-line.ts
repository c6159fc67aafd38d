import { type AccountId, DomainError, type RescheduleLineInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { requireAsSeen } from '../platform/require-as-seen.ts'
import { clockAfter, findClockFaults } from './line-clock.ts'
import { lockLineRow, readDatabaseMs, updateLineClock } from './line-store.ts'
import { drawSeed } from './place.ts'
import { forgetLine } from './recent-line.ts'

/**
 * Changes when the lobby opens, when the sale opens and closes, and how places are given; what is left out stays. Audited in
 * the same transaction; every process follows within a second. Safe to repeat. Refuses with NOT_FOUND, and with BAD_INPUT where
 * another operator changed a part meanwhile (it is not as `from` has it), or it is too late for one, by Postgres' clock with the
 * line's row locked. A lottery gets a new seed when it becomes one.
 */
export async function rescheduleLine(
  deps: Deps,
  { operatorId, concertId, from, ...change }: RescheduleLineInput & { operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const line = await lockLineRow(tx, concertId)
    requireAsSeen(clockAfter(line, {}), from, change)
    const faults = findClockFaults(line, change, await readDatabaseMs(tx))
    if (faults.length > 0) throw new DomainError('BAD_INPUT', { faults })
    const before = clockAfter(line, {})
    const after = clockAfter(line, change)
    const draw = after.mode === before.mode ? undefined : after.mode === 'lottery' ? drawSeed() : null
    await updateLineClock(tx, { concertId, ...after }, draw)
    const target = `concert ${concertId}`
    await recordAudit(deps, { actorId: operatorId, action: 'line.reschedule', target, before, after }, tx)
  })
  forgetLine(deps, concertId)
}
