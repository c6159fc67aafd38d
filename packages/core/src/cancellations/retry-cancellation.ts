import { type AccountId, type Cancellation, DomainError, type ShowId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { hurryRefunds } from './cancel-show.ts'
import { lockShow } from './cancellation-store.ts'
import { readCancellation } from './queries.ts'
import { makeDue } from './refund-list-store.ts'

/**
 * Tries the refunds of a cancelled show again that failed, those that were given up among them. Audited when there are any.
 * Safe to repeat. Refuses with NOT_FOUND show (none such, or it is not cancelled).
 */
export async function retryCancellation(
  deps: Deps,
  { showId, operatorId }: { showId: ShowId; operatorId: AccountId },
): Promise<Cancellation> {
  await inTransaction(deps.db, async (tx) => {
    const show = await lockShow(tx, showId)
    if (show?.isCancelled !== true) throw new DomainError('NOT_FOUND', { what: 'show' })
    const count = await makeDue(tx, showId)
    if (count === 0) return
    const target = `show ${showId}`
    const entry = { actorId: operatorId, action: 'show.cancel.retry', target, after: { refunds: count } }
    await recordAudit(deps, entry, tx)
  })
  await hint(deps, 'refunds to be tried again wait for the sweep', () => hurryRefunds(deps, showId))
  return await readCancellation(deps, { showId })
}
