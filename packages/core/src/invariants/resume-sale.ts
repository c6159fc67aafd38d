import {
  type AccountId,
  DomainError,
  type ResumedSale,
  type SaleStopId,
  type ShowId,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { resumeShow } from './sale-stop-store.ts'

type Wish = { showId: ShowId; operatorId: AccountId; stopIds: readonly SaleStopId[] }

/**
 * Lets a stopped show sell again, as an operator says who has looked at these of its faults: they do not stop it again, new ones
 * do. While it has others, such as one that was found since the operator looked, it stays stopped, and the answer says so.
 * Audited with them. Safe to repeat: what was looked at before, or is not of this show, changes nothing. Refuses with NOT_FOUND
 * show and with SALE_STOPPED when it is cancelled, which is for good.
 */
export async function resumeSale(deps: Deps, { showId, operatorId, stopIds }: Wish): Promise<ResumedSale> {
  return await inTransaction(deps.db, async (tx) => {
    const resumed = await resumeShow(tx, { showId, operatorId, stopIds })
    if (resumed === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
    const { before, after, faults, openFaults } = resumed
    if (before.isCancelled) throw new DomainError('SALE_STOPPED', { reason: 'cancelled' })
    if (faults.length > 0) {
      const entry = {
        actorId: operatorId,
        action: 'sale.resume',
        target: `show ${showId}`,
        before: { stoppedBy: before.stoppedBy, faults },
        after: { ...after, openFaults },
      }
      await recordAudit(deps, entry, tx)
    }
    return { isStopped: after.stoppedBy !== null, openFaults }
  })
}
