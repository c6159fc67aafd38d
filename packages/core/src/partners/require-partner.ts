import { type ConcertId, DomainError, type PartnerKeyId } from '@greenroom/contract'
import { requireRate } from '../call-rates/index.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { countCall } from './call-rate-store.ts'
import { readKey } from './partner-key.ts'
import { noteUse, type StoredPartnerKey } from './partner-keys-store.ts'
import { readProvenKey } from './stored-key.ts'

/** Who is calling for their users, as their key proves. */
export type Partner = { partnerKeyId: PartnerKeyId; name: string; concertIds: ConcertId[] | null }

/**
 * The partner behind the text of a key, counted as one call. Refuses with PARTNER_KEY_REQUIRED (no key),
 * PARTNER_KEY_REFUSED (not a key of ours, or revoked: which of them is not told) and RATE_LIMITED. A revoked key is
 * refused within a second. What this process has not seen to be right is counted by the address before anything is asked of
 * Postgres. While Redis is away calls are counted in this process, more strictly.
 */
export async function requirePartner(
  deps: Deps,
  { keyText, address }: { keyText: string | undefined; address: string },
): Promise<Partner> {
  if (keyText === undefined || keyText === '') throw new DomainError('PARTNER_KEY_REQUIRED', {})
  const key = readKey(keyText)
  if (key === undefined) throw new DomainError('PARTNER_KEY_REFUSED', {})
  const { partnerKeyId } = key
  const stored = await readProvenKey(deps, key, () =>
    requireRate(deps, { rate: 'partnerKey', accountId: undefined, address }),
  )
  if (stored === undefined || stored.isRevoked) throw new DomainError('PARTNER_KEY_REFUSED', {})
  await countCall(deps, { partnerKeyId, ratePerMinute: stored.ratePerMinute })
  noteUseOnce(deps, partnerKeyId, stored)
  return { partnerKeyId, name: stored.name, concertIds: stored.concertIds }
}

/** Refuses with FORBIDDEN when the partner's key is limited to other concerts. */
export function requirePartnerConcert(partner: Partner, concertId: ConcertId): void {
  if (partner.concertIds !== null && !partner.concertIds.includes(concertId))
    throw new DomainError('FORBIDDEN', {})
}

/** Refuses with FORBIDDEN when the partner's key is limited to concerts: a wallet is a fan's for all of them. */
export function requirePartnerWallets(partner: Partner): void {
  if (partner.concertIds !== null) throw new DomainError('FORBIDDEN', {})
}

const noted = new WeakSet<StoredPartnerKey>()

/** Once for what was read of the key, and nobody waits for it. */
function noteUseOnce(deps: Deps, partnerKeyId: PartnerKeyId, stored: StoredPartnerKey): void {
  if (!stored.isUseOld || noted.has(stored)) return
  noted.add(stored)
  void hint(deps, 'the use of a partner key was not noted', () => noteUse(deps.db, partnerKeyId))
}
