import type { Tx } from '../platform/database.ts'
import { insertEvents, type NewEvent } from './event-store.ts'

/**
 * Says in the transaction that did it what happened, so that neither can be without the other: one insert, however many
 * events. Call it while the rows it is about are locked: that puts what happens to one reservation in order. Nothing is
 * sent from here; the worker's relay finds it within a second.
 */
export async function recordEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await insertEvents(tx, events)
}
