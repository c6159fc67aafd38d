import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { dropCrowd, lockEndedLines } from './ended-line-store.ts'

/** Lines a transaction: their rows are locked for about 20 ms. */
const linesAtOnce = 500

/**
 * Forgets who stood in lines that nothing is sold in any more: the last show began more than a week ago, and no operator
 * holds the line open. Returns how many lines had anybody to forget. A line that an operator changes at that moment is
 * left for the next time. Safe to repeat; who joins such a line afterwards is forgotten by the next run.
 */
export async function forgetEndedLines(deps: Deps): Promise<number> {
  let forgotten = 0
  let after = 0
  for (;;) {
    const ended = await inTransaction(deps.db, async (tx) => {
      const concertIds = await lockEndedLines(tx, { after, limit: linesAtOnce })
      const dropped = await Promise.all(concertIds.map((concertId) => dropCrowd(deps, concertId)))
      forgotten += dropped.filter((isDropped) => isDropped).length
      return concertIds
    })
    after = ended.at(-1) ?? after
    if (ended.length < linesAtOnce) return forgotten
  }
}
