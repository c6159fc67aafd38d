import type { AccountId, Balance } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

export type ChargeRow = { fanId: AccountId; key: string; reply: Balance }

/**
 * Charges many wallets, any of them several times, in the order given: balances, transfers with the balance after each, and the
 * replies of keys that the transaction has claimed. Wallets are locked in the order of their fans. A fan whose balance
 * would leave 0..limit, who has no wallet, or one of a currency that the house has none of, is charged nothing and not answered: the caller then rolls back.
 */
const chargeWalletsText = `
with wish as materialized (
  select fan_id, key, amount_minor, nth
  from unnest($1::bigint[], $2::text[], $3::bigint[]) with ordinality as wish (fan_id, key, amount_minor, nth)
), wallet as materialized (
  select id, account_id, balance_minor, currency from wallets
  where account_id = any($1::bigint[]) order by account_id for no key update
), line as materialized (
  select wish.*, wallet.id as wallet_id, house.id as house_id, wallet.currency,
         (wallet.balance_minor + sum(amount_minor) over (partition by fan_id order by nth))::bigint as balance_minor
  from wish join wallet on wallet.account_id = fan_id
  join wallets house on house.kind = 'outside' and house.currency = wallet.currency
), charged as (
  update wallets set balance_minor = wallets.balance_minor + total.amount_minor
  from (select fan_id, sum(amount_minor) as amount_minor, max(balance_minor) as most from line group by fan_id) total
  where wallets.account_id = total.fan_id and wallets.account_id = any($1::bigint[]) and most between 0 and $4::bigint
  returning account_id
), told as materialized (
  select line.*, jsonb_build_object('balanceMinor', line.balance_minor, 'currency', currency) as reply
  from line join charged on account_id = fan_id
), moved as (
  insert into transfers (kind, debit_wallet_id, credit_wallet_id, amount_minor, fan_balance_after_minor)
  select 'charge', house_id, wallet_id, amount_minor, balance_minor from told order by fan_id, nth
), replied as (
  update idempotency_keys keys set reply = told.reply
  from told where keys.fan_id = told.fan_id and keys.key = told.key
)
select fan_id as "fanId", key, reply from told`

export async function chargeWallets(
  tx: Tx,
  charges: readonly { fanId: AccountId; key: string; amountMinor: number }[],
  limitMinor: number,
): Promise<ChargeRow[]> {
  const { rows } = await tx.query<ChargeRow>({
    name: 'charge-wallets',
    text: chargeWalletsText,
    values: [
      charges.map(({ fanId }) => fanId),
      charges.map(({ key }) => key),
      charges.map(({ amountMinor }) => amountMinor),
      limitMinor,
    ],
  })
  return rows
}
