import type { Deps } from '../platform/deps.ts'
import { hurryRefunds } from './cancel-show.ts'
import { takeTurns } from './cancellation-store.ts'

/** Shows whose jobs one sweep looks after; of more than so many each has its turn a few seconds later. */
const mostShows = 50

/**
 * Brings the jobs of cancelled shows back that are not finished: they were lost, they died, or they did their share. However many shows
 * can go no further, every other has its turn. Safe to repeat and to run twice at once.
 */
export async function sweepCancellations(deps: Deps): Promise<number> {
  const showIds = await takeTurns(deps.db, mostShows)
  for (const showId of showIds) await hurryRefunds(deps, showId)
  return showIds.length
}
