import type { Deps } from '../platform/deps.ts'
import { readProof } from './line-store.ts'
import { type Expected, readAnyReceipt } from './tokens.ts'

/**
 * Whether the place that the token (receipt) proves, or a later one of the same fan, bought something, by Postgres alone.
 * Refuses with RECEIPT_REFUSED: `invalid`, `otherFan`, `otherConcert`.
 */
export async function isTurnSpent(
  deps: Pick<Deps, 'db' | 'keys'>,
  input: Expected & { token: string },
): Promise<boolean> {
  const { bearer, place } = readAnyReceipt(deps, input.token, input)
  return (await readProof(deps.db, { ...bearer, ...place })).isSpent
}
