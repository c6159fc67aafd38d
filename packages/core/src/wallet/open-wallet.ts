import type { AccountId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { insertFanWallet } from './wallet-store.ts'

/** Gives an account its empty wallet, inside the transaction that makes the account. */
export async function openWallet(tx: Tx, accountId: AccountId): Promise<void> {
  await insertFanWallet(tx, accountId)
}
