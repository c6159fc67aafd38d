import type { InvariantsReport } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findNewestCheck } from './check-store.ts'
import { findOpenStops } from './sale-stop-store.ts'

/** The newest check of each minute, and the sales that are stopped now. `check` is null before the first one. */
export async function readInvariants(deps: Deps): Promise<InvariantsReport> {
  const [check, stops] = await Promise.all([findNewestCheck(deps.db, 'cheap'), findOpenStops(deps.db)])
  if (check === undefined) return { check: null, stops }
  const { oracles, violations, tookMs, checkedAtMs, ageMs } = check
  return { check: { oracles, violations, tookMs, checkedAtMs, ageMs }, stops }
}
