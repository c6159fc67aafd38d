import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockRelay, numberAndFanOut } from './event-store.ts'
import { handOutSoon } from './hand-out-deliveries.ts'

/** Events a transaction, so that no lock lasts long. */
const batchSize = 500

/**
 * Gives every event that has none its position, in the order in which things happened, and each endpoint its delivery of
 * it, exactly once; returns how many events that was. Any number of relays may run: they take turns. Safe to repeat. The
 * jobs that deliver are a hint: without them `handOutDeliveries` finds the rows.
 */
export async function relayEvents(deps: Deps): Promise<number> {
  let relayed = 0
  for (;;) {
    const { eventCount, endpointIds } = await inTransaction(deps.db, async (tx) => {
      await lockRelay(tx)
      return await numberAndFanOut(tx, batchSize)
    })
    if (endpointIds.length > 0) await handOutSoon(deps, endpointIds)
    relayed += eventCount
    if (eventCount < batchSize) return relayed
  }
}
