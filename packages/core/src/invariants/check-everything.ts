import type { Deps } from '../platform/deps.ts'
import { checkInvariants, type InvariantsChecked } from './check-invariants.ts'
import { findNewestCheck, hasHeldWithin } from './check-store.ts'

const dayMs = 86_400_000
/** The longest that a sale which never rests puts the full check off. */
const longestPutOffMs = 3 * dayMs
const quietMs = 3_600_000

/**
 * The full form of every oracle that has one, once a day: it reads whole tables (90 s at 1.8 million seats), so it waits for
 * an hour in which nothing was held, three days at most; the first one waits for nothing. `undefined`: not now. Meant to be
 * asked each hour; safe to repeat.
 */
export async function checkEverything(deps: Deps): Promise<InvariantsChecked | undefined> {
  const sinceMs = (await findNewestCheck(deps.db, 'full'))?.ageMs ?? Infinity
  if (sinceMs < dayMs) return undefined
  if (sinceMs < longestPutOffMs && (await hasHeldWithin(deps.db, quietMs))) return undefined
  return await checkInvariants(deps, { cost: 'full' })
}
