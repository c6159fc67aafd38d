import type { ShowId } from '@greenroom/contract'
import { z } from 'zod'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { activeTrace } from '../platform/trace.ts'
import { type OutboxRow, takeOldestEvents } from './outbox-store.ts'
import { appendEvents } from './stream-store.ts'

/** Rows a transaction, so that neither the row locks nor the Lua call last long. */
const batchSize = 500

/**
 * Publishes everything in the outbox, oldest first, and returns how many events that was. Any number of relays may run:
 * they take turns. Safe to repeat; one that dies between publishing and removing leaves events that are published again,
 * which readers recognize by the seats' versions. Rejects when Redis or Postgres is away: the rows stay.
 */
export async function relayOutbox(deps: Deps): Promise<number> {
  let published = 0
  for (;;) {
    const count = await relayBatch(deps)
    published += count
    if (count < batchSize) return published
  }
}

async function relayBatch(deps: Deps): Promise<number> {
  return await inTransaction(deps.db, async (tx) => {
    const rows = await takeOldestEvents(tx, batchSize)
    const publishing = [...Map.groupBy(rows, (row) => row.showId)].map(([showId, events]) =>
      publishShow(deps, showId, events),
    )
    await Promise.all(publishing)
    return rows.length
  })
}

async function publishShow(deps: Deps, showId: ShowId, events: OutboxRow[]): Promise<void> {
  const trace = activeTrace()
  const payloads = events.map(({ payload }) => payload)
  await appendEvents(
    deps.redis,
    showId,
    trace === undefined ? payloads : payloads.map((payload) => withTrace(payload, trace)),
  )
}

/** A JSON object goes in and one comes out. Whoever reads another version's entries passes over what it does not know. */
function withTrace(payload: string, trace: string): string {
  return JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(JSON.parse(payload)), trace })
}
