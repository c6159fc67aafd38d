import { type AccountId, type BypassCodeId, DomainError } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { setRevoked } from './bypass-store.ts'

/**
 * Ends a code from now on; who is inside by it stays. Audited in the same transaction. Refuses with NOT_FOUND, also on a repeat.
 */
export async function revokeBypassCode(
  deps: Deps,
  { bypassCodeId, operatorId }: { bypassCodeId: BypassCodeId; operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const ended = await setRevoked(tx, bypassCodeId)
    if (ended === undefined) throw new DomainError('NOT_FOUND', { what: 'bypassCode' })
    const { concertId, label, uses } = ended
    const entry = { actorId: operatorId, action: 'bypassCode.revoke', target: `concert ${concertId}` }
    const before = { bypassCodeId, label, uses, isRevoked: false }
    await recordAudit(deps, { ...entry, before, after: { ...before, isRevoked: true } }, tx)
  })
}
