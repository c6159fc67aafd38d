import type { WebhookEndpointId, WebhookEvent } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

/** What a transaction says of what it did; id and time are the database's. */
export type NewEvent = WebhookEvent extends infer Event
  ? Event extends WebhookEvent
    ? Pick<Event, 'type' | 'data'>
    : never
  : never

export async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  await tx.query({
    name: 'insert-events',
    text: 'insert into events (type, data) select type, data::jsonb from unnest($1::text[], $2::text[]) as new (type, data)',
    values: [events.map((event) => event.type), events.map((event) => JSON.stringify(event.data))],
  })
}

/** The columns of an event as its receivers get it. */
export const eventColumns = `events.id as "eventId", events.type, events.data,
  to_char(events.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as timestamp`

/** Waits until no other relay is at work. The next statement then sees all that the one before has numbered. */
export async function lockRelay(tx: Tx): Promise<void> {
  await tx.query({ name: 'lock-event-relay', text: lockRelayText })
}

export const lockRelayText = 'select last_position from event_relay for update'

/**
 * Gives the oldest events that have none their positions, and every endpoint that asked for their type and was there when
 * they happened its deliveries. Both at once, so an event that has a position has all its deliveries. Says how many events
 * that was, and which endpoints got any.
 *
 * Planned each time (0.5 ms), hence without a name: a plan that was made while there were hardly any events, and kept, looks
 * at all of them for each of the 500 (4.6 million rows and 0.4 to 2 s of a core for 500 of the first 9,500 of a sale).
 */
export async function numberAndFanOut(
  tx: Tx,
  limit: number,
): Promise<{ eventCount: number; endpointIds: WebhookEndpointId[] }> {
  const { rows } = await tx.query<{ eventCount: number; endpointIds: WebhookEndpointId[] }>({
    text: numberAndFanOutText,
    values: [limit],
  })
  return rows[0] ?? { eventCount: 0, endpointIds: [] }
}

export const numberAndFanOutText = `
with fresh as (
  select id, row_number() over (order by id) as nth
  from (select id from events where position is null order by id limit $1) oldest
), numbered as (
  update events set position = event_relay.last_position + fresh.nth
  from fresh, event_relay where events.id = fresh.id
  returning events.id, events.type, events.created_at
), fanned as (
  insert into webhook_deliveries (event_id, endpoint_id)
  select numbered.id, endpoints.id
  from numbered
  join webhook_endpoints endpoints on numbered.type = any(endpoints.event_types)
    and endpoints.off_reason is null and endpoints.removed_at is null
    and endpoints.created_at <= numbered.created_at
  order by numbered.id, endpoints.id
  on conflict (event_id, endpoint_id) do nothing
  returning endpoint_id
), counted as (
  update event_relay set last_position = last_position + (select count(*) from numbered)
  where exists (select from numbered)
)
select (select count(*) from numbered)::int as "eventCount",
       coalesce((select json_agg(distinct endpoint_id) from fanned), '[]') as "endpointIds"`
