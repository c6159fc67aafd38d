import { type ConcertId, DomainError, type PartnerKeyId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { countCall } from './call-rate-store.ts'
import { isRightSecret, readKey } from './partner-key.ts'
import { noteUse, type StoredPartnerKey } from './partner-keys-store.ts'
import { readStoredKey } from './stored-key.ts'

/** Who is calling for their users, as their key proves. */
export type Partner = { partnerKeyId: PartnerKeyId; name: string; concertIds: ConcertId[] | null }

/**
 * The partner behind the text of a key, counted as one call. Refuses with PARTNER_KEY_REQUIRED (no key),
 * PARTNER_KEY_REFUSED (not a key of ours, or revoked: which of them is not told) and RATE_LIMITED. A revoked key is
 * refused within a second. While Redis is away calls are counted in this process, more strictly.
 */
export async function requirePartner(deps: Deps, keyText: string | undefined): Promise<Partner> {
  if (keyText === undefined || keyText === '') throw new DomainError('PARTNER_KEY_REQUIRED', {})
  const key = readKey(keyText)
  if (key === undefined) throw new DomainError('PARTNER_KEY_REFUSED', {})
  const { partnerKeyId, secret } = key
  const stored = await readStoredKey(deps, partnerKeyId)
  const isRight = isRightSecret(secret, stored?.keyHash)
  if (stored === undefined || !isRight || stored.isRevoked) throw new DomainError('PARTNER_KEY_REFUSED', {})
  await countCall(deps, { partnerKeyId, ratePerMinute: stored.ratePerMinute })
  noteUseOnce(deps, partnerKeyId, stored)
  return { partnerKeyId, name: stored.name, concertIds: stored.concertIds }
}

/** Refuses with FORBIDDEN when the partner's key is limited to other concerts. */
export function requirePartnerConcert(partner: Partner, concertId: ConcertId): void {
  if (partner.concertIds !== null && !partner.concertIds.includes(concertId))
    throw new DomainError('FORBIDDEN', {})
}

const noted = new WeakSet<StoredPartnerKey>()

/** Once for what was read of the key, and nobody waits for it. */
function noteUseOnce(deps: Deps, partnerKeyId: PartnerKeyId, stored: StoredPartnerKey): void {
  if (!stored.isUseOld || noted.has(stored)) return
  noted.add(stored)
  void hint(deps, 'the use of a partner key was not noted', () => noteUse(deps.db, partnerKeyId))
}
