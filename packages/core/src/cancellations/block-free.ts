import type { ShowId } from '@greenroom/contract'
import { blockSeats } from '../payments/index.ts'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findFree } from './free-seat-store.ts'

/** Seats of one transaction, and changes of one message to the map. */
const batchSize = 500
/** An arena has 90,000 seats. */
const mostBatches = 400

/** Takes every free seat of a cancelled show off sale, a batch at a time. Safe to repeat and to run twice at once. */
export async function blockFreeOf(deps: Deps, showId: ShowId): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const seatIds = await findFree(deps.db, showId, batchSize)
    if (seatIds.length === 0) return
    const blocked = await inRetriedTransaction(deps.db, (tx) => blockSeats(tx, { showId, seatIds }))
    // others have them locked, and the next call finds what they leave
    if (blocked === 0) return
  }
}
