import type { InvariantsReport } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findNewestCheck } from './check-store.ts'
import { findOpenStops } from './sale-stop-store.ts'

/**
 * The newest check of each minute and the newest of everything, and the sales that are stopped now. Each check is null before
 * the first one.
 */
export async function readInvariants(deps: Deps): Promise<InvariantsReport> {
  const [check, everything, stops] = await Promise.all([
    findNewestCheck(deps.db, 'cheap'),
    findNewestCheck(deps.db, 'full'),
    findOpenStops(deps.db),
  ])
  return {
    check: check ?? null,
    everything: everything ?? null,
    stops,
  }
}
