import type { AccountId, ConcertId, LineMessage } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockLineRow, updateMessage } from './line-store.ts'
import { forgetLine } from './recent-line.ts'

/**
 * Tells everybody in a line something, or nothing more (`null`). It goes along with the line's numbers from the next tick on:
 * however many wait, it is the one message that they share. Audited in the same transaction. Safe to repeat. Refuses
 * with NOT_FOUND.
 */
export async function tellLine(
  deps: Deps,
  input: { concertId: ConcertId; operatorId: AccountId; message: LineMessage | null },
): Promise<void> {
  const { concertId, operatorId, message } = input
  await inTransaction(deps.db, async (tx) => {
    const { message: before } = await lockLineRow(tx, concertId)
    await updateMessage(tx, concertId, message)
    const target = `concert ${concertId}`
    await recordAudit(deps, { actorId: operatorId, action: 'line.tell', target, before, after: message }, tx)
  })
  forgetLine(deps, concertId)
}
