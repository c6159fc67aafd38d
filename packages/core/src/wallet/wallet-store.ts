import type { AccountId, Currency } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

export type WalletRow = { balanceMinor: number; currency: Currency }

export async function insertFanWallet(tx: Tx, accountId: AccountId): Promise<void> {
  await tx.query({
    name: 'insert-fan-wallet',
    text: "insert into wallets (kind, account_id, balance_minor) values ('fan', $1, 0)",
    values: [accountId],
  })
}

/** The fan's wallet, locked until the transaction ends. */
export async function lockFanWallet(tx: Tx, fanId: AccountId): Promise<WalletRow | undefined> {
  const { rows } = await tx.query<WalletRow>({
    name: 'lock-fan-wallet',
    text: `select balance_minor as "balanceMinor", currency from wallets where account_id = $1 for no key update`,
    values: [fanId],
  })
  return rows[0]
}

/** The wallets of these fans, locked in the order of their fans until the transaction ends; answers whose there are. */
export async function lockFanWallets(tx: Tx, fanIds: readonly AccountId[]): Promise<AccountId[]> {
  const { rows } = await tx.query<{ fanId: AccountId }>({
    name: 'lock-fan-wallets',
    text: `select account_id as "fanId" from wallets where account_id = any($1::bigint[])
           order by account_id for no key update`,
    values: [[...new Set(fanIds)]],
  })
  return rows.map(({ fanId }) => fanId)
}

export type FanTransfer = {
  kind: 'charge' | 'payment' | 'refund'
  fanId: AccountId
  amountMinor: number
  /** +1: from the house to the fan. -1: from the fan to the house. */
  direction: 1 | -1
  house: 'outside' | 'boxOffice'
  /** The balance must not be above this afterwards. */
  limitMinor: number
  paymentId: number | null
  reservationId: number | null
}

/**
 * Changes the fan's balance and writes the transfer, in one statement. `undefined`, with nothing done, when there is no
 * such wallet or its balance would leave 0..limit. The transfer's id is drawn while the wallet's row is locked, so a
 * wallet's transfers are numbered in the order in which they changed it. `kind <> 'fan'` is what the index of house wallets is
 * for: a plan for any kind cannot use it, and read every wallet there is for each transfer.
 */
export async function moveFanMoney(tx: Tx, transfer: FanTransfer): Promise<WalletRow | undefined> {
  const { rows } = await tx.query<WalletRow>({
    name: 'move-fan-money',
    text: `with fan as (
             update wallets set balance_minor = balance_minor + $2::bigint * $3::bigint
             where account_id = $1 and balance_minor + $2::bigint * $3::bigint between 0 and $4::bigint
             returning id, balance_minor, currency
           ), moved as (
             insert into transfers (kind, debit_wallet_id, credit_wallet_id, amount_minor, fan_balance_after_minor,
                                    payment_id, reservation_id)
             select $5, case when $3 > 0 then house.id else fan.id end, case when $3 > 0 then fan.id else house.id end,
                    $2::bigint, fan.balance_minor, $7, $8
             from fan join wallets house on house.kind = $6 and house.kind <> 'fan' and house.currency = fan.currency
             returning 1
           )
           select balance_minor as "balanceMinor", currency from fan, moved`,
    values: [
      transfer.fanId,
      transfer.amountMinor,
      transfer.direction,
      transfer.limitMinor,
      transfer.kind,
      transfer.house,
      transfer.paymentId,
      transfer.reservationId,
    ],
  })
  return rows[0]
}
