import { createHash } from 'node:crypto'
import { type AccountId, type ConcertId, madeConcert, type MakeConcertInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { addConcert } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { withIdempotency } from '../wallet/index.ts'

/**
 * Makes a concert with its prices and its line, once for each key: a repeat is answered with the concert that is there. All or
 * nothing, audited in the same transaction. Refuses like `createConcert`, and with IDEMPOTENCY_KEY_REUSED when the key made
 * another one. Fans see it once it has a show.
 */
export async function makeConcert(
  deps: Deps,
  { operatorId, idempotencyKey: key, ...input }: MakeConcertInput & { operatorId: AccountId },
): Promise<{ concertId: ConcertId }> {
  const wish = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const attempt = { fanId: operatorId, key, command: 'concert.make', body: { wish }, reply: madeConcert }
  return await inTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, async () => {
      const concertId = await addConcert(tx, input)
      const target = `concert ${concertId}`
      await recordAudit(deps, { actorId: operatorId, action: 'concert.make', target, after: input }, tx)
      return { concertId }
    }),
  )
}
