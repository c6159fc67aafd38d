import { type AccountId, DomainError } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { violatedConstraint } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Partner } from './require-partner.ts'

/**
 * Writes which partner is about to do what for which user. Committed before the act: an act without its entry cannot be,
 * an entry whose act was refused afterwards can. Refuses with NOT_FOUND when there is no such user.
 */
export async function auditPartnerCall(
  deps: Deps,
  call: {
    partner: Pick<Partner, 'partnerKeyId'>
    fanId: AccountId
    /** As `noun.verb`: `seat.hold`. */
    action: string
    /** To what: `show 12`. */
    target: string
    /** What was asked for. */
    after?: unknown
  },
): Promise<void> {
  const { partner, fanId, ...deed } = call
  try {
    await recordAudit(deps, { ...deed, actorId: fanId, partnerKeyId: partner.partnerKeyId })
  } catch (error) {
    if (violatedConstraint(error) !== 'audit_entries_actor_id_fkey') throw error
    throw new DomainError('NOT_FOUND', { what: 'account' })
  }
}
