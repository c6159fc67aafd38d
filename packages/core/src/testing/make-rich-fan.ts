import { randomUUID } from 'node:crypto'
import type { AccountId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { charge } from '../wallet/index.ts'
import { makeFan } from './make-fan.ts'

/** A fan who charged once, so that the ledger knows where the money came from. */
export async function makeRichFan(deps: Deps, amountMinor = 1_000_000): Promise<AccountId> {
  const fanId = await makeFan(deps)
  await charge(deps, { fanId, amountMinor, idempotencyKey: randomUUID() })
  return fanId
}
