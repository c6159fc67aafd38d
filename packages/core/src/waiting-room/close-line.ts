import type { AccountId, ConcertId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockLineRow, updateLineRow } from './line-store.ts'

/**
 * `steerLine` with `close`, in the transaction of whoever ends the sale for another reason; every process follows within a
 * second of its commit. Safe to repeat: a line that was closed by hand already stays so and is not audited again.
 */
export async function closeLine(
  deps: Deps,
  tx: Tx,
  { concertId, operatorId }: { concertId: ConcertId; operatorId: AccountId },
): Promise<void> {
  const line = await lockLineRow(tx, concertId)
  if (line.override === 'closed') return
  const before = { override: line.override }
  const after = { override: 'closed' as const }
  await updateLineRow(tx, { ...line, ...after })
  const target = `concert ${concertId}`
  await recordAudit(deps, { actorId: operatorId, action: 'line.steer', target, before, after }, tx)
}
