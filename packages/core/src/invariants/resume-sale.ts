import { type AccountId, DomainError, type ShowId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { resumeShow } from './sale-stop-store.ts'

/**
 * Lets a stopped show sell again, as an operator says who has looked at its faults: the same faults do not stop it again,
 * new ones do. Audited with them. Safe to repeat: a show that is not stopped stays as it is. Refuses with NOT_FOUND show and
 * with SALE_STOPPED when it is cancelled, which is for good.
 */
export async function resumeSale(
  deps: Deps,
  { showId, operatorId }: { showId: ShowId; operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const stop = await resumeShow(tx, { showId, operatorId })
    if (stop === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
    if (stop.isCancelled) throw new DomainError('SALE_STOPPED', { reason: 'cancelled' })
    if (stop.stoppedBy === null) return
    const entry = {
      actorId: operatorId,
      action: 'sale.resume',
      target: `show ${showId}`,
      before: stop,
      after: { stoppedBy: null },
    }
    await recordAudit(deps, entry, tx)
  })
}
