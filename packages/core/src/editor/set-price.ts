import { type AccountId, DomainError, type SetPriceInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { changedMeanwhile } from '../platform/require-as-seen.ts'
import { lockPrice, updatePrice } from './editor-store.ts'

/**
 * Changes what seats of a category cost from now on: every hold that begins after it, since the statement that holds reads the
 * price. Who holds a seat keeps the price that the hold said. Audited in the same transaction. Safe to repeat: a category that costs
 * that already is left alone. Refuses with NOT_FOUND category, and with BAD_INPUT when another operator changed it meanwhile: it does
 * not cost `fromMinor`.
 */
export async function setPrice(
  deps: Deps,
  { operatorId, concertId, categoryCode, fromMinor, priceMinor }: SetPriceInput & { operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const before = await lockPrice(tx, { concertId, categoryCode })
    if (before === undefined) throw new DomainError('NOT_FOUND', { what: 'category' })
    if (before === priceMinor) return
    if (before !== fromMinor) throw new DomainError('BAD_INPUT', { faults: [changedMeanwhile('priceMinor')] })
    await updatePrice(tx, { concertId, categoryCode, priceMinor })
    const entry = { action: 'price.set', target: `concert ${concertId}`, actorId: operatorId }
    await recordAudit(
      deps,
      { ...entry, before: { categoryCode, priceMinor: before }, after: { categoryCode, priceMinor } },
      tx,
    )
  })
}
