import {
  type AccountId,
  type CreatedPartnerKey,
  type CreatePartnerKeyInput,
  createPartnerKeyInput,
  DomainError,
  parseInput,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hashSecret, makeSecret, writeKey } from './partner-key.ts'
import { findConcertIds, findPartnerKey, insertPartnerKey } from './partner-keys-store.ts'

/**
 * Makes a key and hands out its text, which nobody sees again: only its hash is stored. Audited in the same transaction.
 * Refuses with BAD_INPUT and NOT_FOUND (a concert that does not exist). Every call makes another key.
 */
export async function createPartnerKey(
  deps: Deps,
  { operatorId, ...input }: CreatePartnerKeyInput & { operatorId: AccountId },
): Promise<CreatedPartnerKey> {
  const { name, concertIds, ratePerMinute } = parseInput(createPartnerKeyInput, input)
  const secret = makeSecret()
  return await inTransaction(deps.db, async (tx) => {
    const known = concertIds === null ? [] : await findConcertIds(tx, concertIds)
    if (concertIds !== null && known.length < concertIds.length)
      throw new DomainError('NOT_FOUND', { what: 'concert' })
    const keyHash = hashSecret(secret)
    const partnerKeyId = await insertPartnerKey(tx, { name, keyHash, concertIds, ratePerMinute, operatorId })
    await recordAudit(
      deps,
      {
        actorId: operatorId,
        action: 'partnerKey.create',
        target: `partner key ${partnerKeyId}`,
        after: { name, concertIds, ratePerMinute },
      },
      tx,
    )
    const partnerKey = await findPartnerKey(tx, partnerKeyId)
    if (partnerKey === undefined) throw new Error('a key that was just made is not there')
    return { partnerKey, secret: writeKey({ partnerKeyId, secret }) }
  })
}
