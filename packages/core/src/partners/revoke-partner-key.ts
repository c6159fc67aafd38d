import { type AccountId, DomainError, type PartnerKey, type PartnerKeyId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findPartnerKey, setRevoked } from './partner-keys-store.ts'
import { forgetPartnerKey } from './stored-key.ts'

/**
 * Ends a key for ever: this process refuses it from now on, every other one within half a second and a query. Audited in
 * the same transaction. Safe to repeat: a key that was revoked before stays as it is. Refuses with NOT_FOUND.
 */
export async function revokePartnerKey(
  deps: Deps,
  { operatorId, partnerKeyId }: { operatorId: AccountId; partnerKeyId: PartnerKeyId },
): Promise<PartnerKey> {
  const revoked = await inTransaction(deps.db, async (tx) => {
    const isNews = await setRevoked(tx, partnerKeyId)
    const partnerKey = await findPartnerKey(tx, partnerKeyId)
    if (partnerKey === undefined) throw new DomainError('NOT_FOUND', { what: 'partnerKey' })
    if (isNews) {
      const target = `partner key ${partnerKeyId}`
      const change = { before: { isRevoked: false }, after: { isRevoked: true } }
      await recordAudit(deps, { actorId: operatorId, action: 'partnerKey.revoke', target, ...change }, tx)
    }
    return partnerKey
  })
  forgetPartnerKey(deps, partnerKeyId)
  return revoked
}
