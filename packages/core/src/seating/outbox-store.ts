import type { ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { SeatEvent } from './seat-event.ts'

/** One row of the outbox; `payload` is the event's JSON text, passed on as it is. */
export type OutboxRow = { id: number; showId: ShowId; payload: string }

export async function insertSeatEvent(tx: Tx, showId: ShowId, event: SeatEvent): Promise<void> {
  await tx.query({
    name: 'insert-seat-event',
    text: 'insert into outbox (show_id, payload) values ($1, $2)',
    values: [showId, JSON.stringify(event)],
  })
}

/**
 * Waits until no other process publishes, then takes the oldest rows away, in the order of their ids. The lock and the
 * removal end with the transaction: what was not published is there again. Its commit need not reach the disk before it
 * answers: a crash brings the rows back, and they are published once more.
 */
export async function takeOldestEvents(tx: Tx, limit: number): Promise<OutboxRow[]> {
  await tx.query({
    name: 'lock-outbox',
    text: "select pg_advisory_xact_lock($1), set_config('synchronous_commit', 'off', true)",
    values: [relayLock],
  })
  const { rows } = await tx.query<OutboxRow>({
    name: 'take-oldest-events',
    text: takeOldestEventsText,
    values: [limit],
  })
  return rows
}

/** Waits for rows that another relay has taken: the second guard of their order, should the lock above be missing. */
export const takeOldestEventsText = `
with taken as (
  delete from outbox where id = any(array(select id from outbox order by id limit $1))
  returning id, show_id as "showId", payload::text
)
select * from taken order by id`

/** "seat" in hex. All relays must ask for the same number; the migrations' lock has another. */
const relayLock = 0x73656174
