import type { ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { checkLedger } from './check-ledger.ts'

/** What is wrong with one show: each line names the rule that is broken and the row that breaks it. */
export async function checkSeats(deps: Deps, showId: ShowId): Promise<string[]> {
  const violations = await checkLedger(deps)
  return violations.flatMap(({ oracle, fault, ...about }) =>
    about.showId === showId ? `${oracle}: ${fault}` : [],
  )
}
