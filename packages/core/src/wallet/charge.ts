import { type AccountId, type Balance, balance, type ChargeInput, maxBalanceMinor } from '@greenroom/contract'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { chargeWallets } from './charge-store.ts'
import { foldCommands, type Member } from './do-together.ts'
import { withIdempotency } from './idempotency.ts'
import { transfer } from './transfer.ts'

type Charge = Member<Balance> & { amountMinor: number }

/**
 * Adds money from outside to the fan's wallet and answers with the balance right after it. Any number at once are all
 * accepted and the balance is exact; those that come together are one transaction, in the order in which they came. Safe to
 * repeat with the same key. Refuses with BALANCE_TOO_HIGH, IDEMPOTENCY_KEY_REUSED, OVERLOADED or NOT_FOUND (no such account).
 */
export async function charge(deps: Deps, input: ChargeInput & { fanId: AccountId }): Promise<Balance> {
  const { fanId, amountMinor, idempotencyKey: key } = input
  const attempt = { fanId, key, command: 'charge', body: { amountMinor }, reply: balance }
  const charged = await chargeTogether(deps, { attempt, amountMinor })
  if (charged !== undefined) return charged
  return await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, () => transfer(tx, { kind: 'charge', fanId, amountMinor })),
  )
}

const chargeTogether = foldCommands<Charge, Balance>({
  keyOf: ({ attempt: { fanId, key } }) => `${fanId}:${key}`,
  // two transactions would race for the wallet of somebody who charges a hundred times at once
  maxRunning: 1,
  work: async (tx, charges) => {
    const rows = await chargeWallets(
      tx,
      charges.map(({ attempt: { fanId, key }, amountMinor }) => ({ fanId, key, amountMinor })),
      maxBalanceMinor,
    )
    const replies = new Map(rows.map(({ fanId, key, reply }) => [`${fanId}:${key}`, reply]))
    return new Map(
      charges.flatMap((each): [Charge, Balance][] => {
        const reply = replies.get(`${each.attempt.fanId}:${each.attempt.key}`)
        return reply === undefined ? [] : [[each, reply]]
      }),
    )
  },
})
