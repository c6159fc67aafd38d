import type { ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { insertSeatEvent } from './outbox-store.ts'
import type { SeatEvent } from './seat-event.ts'

/**
 * Says in the transaction that changed the seats what changed, so that neither can be without the other. Call it after the
 * UPDATE, while its row locks are held: that is what keeps one seat's changes in order. `kickRelay` after the commit.
 */
export async function recordSeatChanges(tx: Tx, change: SeatEvent & { showId: ShowId }): Promise<void> {
  const { showId, ...event } = change
  await insertSeatEvent(tx, showId, event)
}
