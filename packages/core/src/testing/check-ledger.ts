import { sqlOracles, type Violation } from '@greenroom/oracles'
import { findViolations } from '../invariants/check-invariants.ts'
import type { Deps } from '../platform/deps.ts'

/** A test's messages may wait for as long as it likes: nothing relays them unless it does. */
const oracles = sqlOracles.filter(({ about }) => about !== 'messages')

/** What is wrong anywhere with seats, sales or money; an empty list is what every test ends with. */
export async function checkLedger(deps: Deps): Promise<Violation[]> {
  return (await findViolations(deps, oracles, 'full')).violations
}
