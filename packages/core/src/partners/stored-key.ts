import type { PartnerKeyId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import { findStoredKey, type StoredPartnerKey } from './partner-keys-store.ts'

/**
 * A revoked key is refused everywhere within a second: this age plus the time of a query. While Postgres is away nothing
 * older is believed, since nobody could revoke then.
 */
const maxAgeMs = 500

const storedKeys = recentValue({
  maxAgeMs,
  maxEntries: 1_000,
  // that there is no such key is remembered as well: guessing ids costs Postgres two reads a second for each at most
  load: (deps: Deps, partnerKeyId: PartnerKeyId) => findStoredKey(deps.db, partnerKeyId),
})

/** The key as of the last half second; `undefined` when there is none. */
export async function readStoredKey(
  deps: Deps,
  partnerKeyId: PartnerKeyId,
): Promise<StoredPartnerKey | undefined> {
  return (await storedKeys.read(deps, partnerKeyId)).value
}

/** After a change made by this process. */
export function forgetPartnerKey(deps: Deps, partnerKeyId: PartnerKeyId): void {
  storedKeys.forget(deps, partnerKeyId)
}
