import { type AccountId, type Balance, balance, type ChargeInput } from '@greenroom/contract'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { withIdempotency } from './idempotency.ts'
import { transfer } from './transfer.ts'

/**
 * Adds money from outside to the fan's wallet and answers with the balance right after it. Any number at once are all
 * accepted and the balance is exact. Safe to repeat with the same key. Refuses with BALANCE_TOO_HIGH,
 * IDEMPOTENCY_KEY_REUSED or NOT_FOUND (no such account).
 */
export async function charge(deps: Deps, input: ChargeInput & { fanId: AccountId }): Promise<Balance> {
  const { fanId, amountMinor, idempotencyKey: key } = input
  return await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, { fanId, key, command: 'charge', body: { amountMinor }, reply: balance }, () =>
      transfer(tx, { kind: 'charge', fanId, amountMinor }),
    ),
  )
}
