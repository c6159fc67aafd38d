import type { Tx } from '../platform/database.ts'
import { type Attempt, bodyHashOf } from './idempotency.ts'
import { claimKeys } from './idempotency-store.ts'

/**
 * `withIdempotency` for many, in one transaction: answers with those whose key is this transaction's now. The caller does their
 * work and stores their replies before it commits, or rolls back. The others go their own way, by `withIdempotency`.
 */
export async function claimAll<One extends { attempt: Attempt<unknown> }>(
  tx: Tx,
  all: readonly One[],
): Promise<One[]> {
  const claimed = await claimKeys(
    tx,
    all.map(({ attempt }) => ({ ...attempt, bodyHash: bodyHashOf(attempt) })),
  )
  const keys = new Set(claimed.map(({ fanId, key }) => `${fanId}:${key}`))
  return all.filter(({ attempt: { fanId, key } }) => keys.has(`${fanId}:${key}`))
}
