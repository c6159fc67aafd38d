import type { Deps } from '../platform/deps.ts'
import { hurryRefunds } from './cancel-show.ts'
import { findOpen } from './cancellation-store.ts'

/** Shows whose jobs one sweep looks after; more than so many wait for the first to be done. */
const mostShows = 50

/** Brings the job of every cancelled show back that is not finished: it was lost, it died, or it did its share. Safe to repeat. */
export async function sweepCancellations(deps: Deps): Promise<number> {
  const open = await findOpen(deps.db, mostShows)
  for (const showId of open) await hurryRefunds(deps, showId)
  return open.length
}
