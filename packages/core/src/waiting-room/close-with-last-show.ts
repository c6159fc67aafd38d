import type { AccountId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Line } from './line.ts'
import { clockAfter } from './line-clock.ts'
import { updateLineClock } from './line-store.ts'

/**
 * A sale that closes when its last show begins closes when that begins now, in the transaction that moved it and has the line
 * locked. One that closes at another time, or never, stays as it is. Audited; `forgetLine` after the commit.
 */
export async function closeWithLastShow(
  deps: Deps,
  tx: Tx,
  move: { line: Line; operatorId: AccountId; fromMs: number; toMs: number },
): Promise<void> {
  const { line, operatorId, fromMs, toMs } = move
  const { concertId } = line
  if (line.closesAtMs !== fromMs || fromMs === toMs) return
  const before = clockAfter(line, {})
  const after = clockAfter(line, { closesAtMs: toMs })
  await updateLineClock(tx, { concertId, ...after }, undefined)
  const target = `concert ${concertId}`
  await recordAudit(deps, { actorId: operatorId, action: 'line.reschedule', target, before, after }, tx)
}
