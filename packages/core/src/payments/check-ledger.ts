import type { Deps } from '../platform/deps.ts'
import { findLedgerFaults, type LedgerFault } from './ledger-store.ts'

/**
 * What does not add up, none when all is well: wallets against transfers, and seats against reservations, payments,
 * transfers and tickets. Reads everything, at one moment, so it is for tests and not for a request. At most
 * 100 faults are named.
 */
export async function checkLedger(deps: Deps): Promise<LedgerFault[]> {
  return await findLedgerFaults(deps.db.pool)
}
