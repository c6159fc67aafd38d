import type { AccountId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

export async function insertFanWallet(tx: Tx, accountId: AccountId): Promise<void> {
  await tx.query({
    name: 'insert-fan-wallet',
    text: "insert into wallets (kind, account_id, balance_minor) values ('fan', $1, 0)",
    values: [accountId],
  })
}
