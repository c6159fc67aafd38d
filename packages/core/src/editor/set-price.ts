import { type AccountId, DomainError, type SetPriceInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockPrice, repriceSomeSeats, updatePrice } from './editor-store.ts'

/**
 * Changes what seats of a category cost from now on. Who holds a seat pays what it cost when it was held; it has the new price once
 * it is given back. Audited in the same transaction. Seats follow in steps after it, and whatever a death leaves undone the
 * worker's sweep does within a minute. Safe to repeat. Refuses with NOT_FOUND (concert, category).
 */
export async function setPrice(
  deps: Deps,
  { operatorId, concertId, categoryCode, priceMinor }: SetPriceInput & { operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const before = await lockPrice(tx, { concertId, categoryCode })
    if (before === undefined) throw new DomainError('NOT_FOUND', { what: 'category' })
    await updatePrice(tx, { concertId, categoryCode, priceMinor })
    const entry = { action: 'price.set', target: `concert ${concertId}`, actorId: operatorId }
    await recordAudit(
      deps,
      { ...entry, before: { categoryCode, priceMinor: before }, after: { categoryCode, priceMinor } },
      tx,
    )
  })
  await repriceSeats(deps)
}

/** Seats a statement: the rows of a sale that is on are locked for some 10 ms at a time. */
const batchSize = 1_000

/**
 * Gives every free seat the price of its category, wherever a price was changed in the last day and the show has not begun; says how
 * many. Seats that somebody holds or is about to are passed over, and are the next sweep's. Any number may run.
 */
export async function repriceSeats(deps: Pick<Deps, 'db'>): Promise<number> {
  for (let total = 0; ; ) {
    const count = await repriceSomeSeats(deps.db, batchSize)
    total += count
    if (count < batchSize) return total
  }
}
