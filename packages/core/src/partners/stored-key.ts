import type { PartnerKeyId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import { isRightSecret, type ReadKey } from './partner-key.ts'
import { findStoredKey, type StoredPartnerKey } from './partner-keys-store.ts'

/**
 * A revoked key is refused everywhere within a second: this age plus the time of a query. While Postgres is away nothing
 * older is believed, since nobody could revoke then.
 */
const maxAgeMs = 500

/** Of keys that were shown whole to this process: nobody else's texts come in here, so nobody else's push one out. */
const storedKeys = recentValue({
  maxAgeMs,
  maxEntries: 1_000,
  load: (deps: Deps, partnerKeyId: PartnerKeyId) => findStoredKey(deps.db, partnerKeyId),
})

/** Of all others. That there is no such key is remembered as well, for as long. */
const strangers = recentValue({
  maxAgeMs,
  maxEntries: 1_000,
  load: (deps: Deps, partnerKeyId: PartnerKeyId) => findStoredKey(deps.db, partnerKeyId),
})

/**
 * The key as of the last half second, when the secret is its own; `undefined` when it is not, or there is no such key. What was
 * not right here before is asked for after `countTry` alone, which refuses who tries too often.
 */
export async function readProvenKey(
  deps: Deps,
  { partnerKeyId, secret }: ReadKey,
  countTry: () => Promise<void> | undefined,
): Promise<StoredPartnerKey | undefined> {
  const isKnown = isRightSecret(secret, storedKeys.recall(deps, partnerKeyId)?.keyHash)
  if (!isKnown) {
    await countTry()
    const { value: claimed } = await strangers.read(deps, partnerKeyId)
    if (!isRightSecret(secret, claimed?.keyHash)) return undefined
  }
  return (await storedKeys.read(deps, partnerKeyId)).value
}

/** After a change made by this process. */
export function forgetPartnerKey(deps: Deps, partnerKeyId: PartnerKeyId): void {
  storedKeys.forget(deps, partnerKeyId)
  strangers.forget(deps, partnerKeyId)
}
