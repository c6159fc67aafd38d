import {
  type WebhookDelivery,
  type WebhookDeliveryId,
  type WebhookDeliveryState,
  type WebhookEndpointId,
  webhookDeliveryState,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

const deliveryColumns = `
  deliveries.id as "deliveryId", endpoint_id as "endpointId", event_id as "eventId", events.type, state, attempts,
  last_status as "lastStatus", last_error as "lastError",
  case when state = 'PENDING' then floor(extract(epoch from next_attempt_at) * 1000)::float8 end as "nextAttemptAtMs",
  floor(extract(epoch from deliveries.created_at) * 1000)::float8 as "createdAtMs",
  floor(extract(epoch from delivered_at) * 1000)::float8 as "deliveredAtMs"`

/** A test event and its one delivery. */
export async function insertTest(tx: Tx, endpointId: WebhookEndpointId): Promise<WebhookDeliveryId> {
  const { rows } = await tx.query<{ id: WebhookDeliveryId }>(
    `with test as (
       insert into events (type, data) values ('webhook.test', jsonb_build_object('endpointId', $1::bigint)) returning id
     )
     insert into webhook_deliveries (event_id, endpoint_id) select id, $1 from test returning id`,
    [endpointId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row.id
}

export type DeliveryFilter = {
  endpointId?: WebhookEndpointId | undefined
  state?: WebhookDeliveryState | undefined
  beforeId?: WebhookDeliveryId | undefined
  limit: number
}

const everyState = webhookDeliveryState.options

/**
 * Newest first. Asks for the newest of each endpoint and state, which the index has in order, and merges: a plan for any
 * filter reads the whole table where what is asked for is rare, as dead letters are (500,000 rows: 270 ms).
 */
export async function findDeliveries(db: Database, filter: DeliveryFilter): Promise<WebhookDelivery[]> {
  const states = filter.state === undefined ? everyState : [filter.state]
  const { rows } = await db.pool.query<WebhookDelivery>(
    `select ${deliveryColumns}
     from (
       select newest.id as key from webhook_endpoints endpoints
       cross join unnest($2::text[]) as asked (state)
       cross join lateral (
         select id from webhook_deliveries
         where endpoint_id = endpoints.id and state = asked.state and id < $3
         order by id desc limit $4
       ) newest
       where $1::bigint is null or endpoints.id = $1
       order by newest.id desc limit $4
     ) page
     join webhook_deliveries deliveries on deliveries.id = page.key
     join events on events.id = event_id
     order by deliveries.id desc`,
    [filter.endpointId ?? null, states, filter.beforeId ?? Number.MAX_SAFE_INTEGER, filter.limit],
  )
  return rows
}

export async function findDelivery(
  connection: Database['pool'] | Tx,
  deliveryId: WebhookDeliveryId,
): Promise<WebhookDelivery | undefined> {
  const { rows } = await connection.query<WebhookDelivery>(
    `select ${deliveryColumns} from webhook_deliveries deliveries
     join events on events.id = event_id where deliveries.id = $1`,
    [deliveryId],
  )
  return rows[0]
}

const resetText = `update webhook_deliveries
  set state = 'PENDING', delivered_at = null, next_attempt_at = now(), attempts_before_replay = attempts`

/** DEAD or DELIVERED -> PENDING, due now, with all its attempts before it again; says whether it was. */
export async function resetDelivery(tx: Tx, deliveryId: WebhookDeliveryId): Promise<boolean> {
  const { rowCount } = await tx.query(`${resetText} where id = $1 and state <> 'PENDING'`, [deliveryId])
  return rowCount === 1
}

/** The oldest `limit` DEAD -> PENDING; returns how many. */
export async function resetDead(tx: Tx, endpointId: WebhookEndpointId, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `${resetText} where id = any(array(select id from webhook_deliveries
       where endpoint_id = $1 and state = 'DEAD' order by id limit $2 for update))`,
    [endpointId, limit],
  )
  return rowCount ?? 0
}
