import type {
  WebhookDeliveryId,
  WebhookDeliveryState,
  WebhookEndpointId,
  WebhookEvent,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { eventColumns } from './event-store.ts'
import { firstWaitMs, maxAttempts } from './retry-schedule.ts'

/** Longer than an attempt may take (10 s): until then it is not taken for lost. */
const leaseMs = 20_000

/** One attempt that this process alone may make now. */
export type Claim = {
  deliveryId: WebhookDeliveryId
  /** Which attempt this is, from 1: what notes its outcome names it. */
  attempt: number
  endpointId: WebhookEndpointId
  url: string
  secretVersion: number
  /** The secret before signs too. */
  isRotating: boolean
  event: WebhookEvent
  /** The database's clock, which the signature carries. */
  nowMs: number
}

/**
 * Takes a delivery that is due for one attempt. `undefined` when there is nothing to do: done, dead, not due yet, under way
 * elsewhere, or its endpoint is off. Until the lease is over nobody else gets it.
 */
export async function claimDelivery(db: Database, deliveryId: WebhookDeliveryId): Promise<Claim | undefined> {
  const { rows } = await db.pool.query<Claim>({
    name: 'claim-delivery',
    text: claimText,
    values: [deliveryId, leaseMs],
  })
  return rows[0]
}

export const claimText = `
with claimed as (
  update webhook_deliveries deliveries
  set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2::float8 / 1000)
  from webhook_endpoints endpoints
  where deliveries.id = $1 and state = 'PENDING' and next_attempt_at <= now()
    and endpoints.id = deliveries.endpoint_id and off_reason is null and removed_at is null
  returning deliveries.id, attempts, event_id, endpoint_id, url, secret_version, rotated_at
)
select claimed.id as "deliveryId", attempts as attempt, endpoint_id as "endpointId", url,
       secret_version as "secretVersion", coalesce(rotated_at > now() - interval '1 day', false) as "isRotating",
       (select row_to_json(event) from (select ${eventColumns} from events where events.id = event_id) event) as event,
       floor(extract(epoch from now()) * 1000)::float8 as "nowMs"
from claimed`

export type Outcome = { status: number | null; error: string | null }

/** Ends the delivery well, whoever says so and however late: the endpoint has it. */
export async function noteDelivered(
  db: Database,
  deliveryId: WebhookDeliveryId,
  status: number,
): Promise<void> {
  await db.pool.query({
    name: 'note-delivered',
    text: `update webhook_deliveries
           set state = 'DELIVERED', delivered_at = now(), last_status = $2, last_error = null
           where id = $1 and state <> 'DELIVERED'`,
    values: [deliveryId, status],
  })
}

/**
 * Notes an attempt that failed, unless it has been taken for lost and another has begun. The wait doubles with each, give
 * or take a fifth, so that those that failed together do not come back together. After the last attempt, or when
 * the endpoint is `gone`, the delivery is dead.
 */
export async function noteFailed(
  db: Database,
  { deliveryId, attempt, isGone }: { deliveryId: WebhookDeliveryId; attempt: number; isGone: boolean },
  { status, error }: Outcome,
): Promise<{ state: WebhookDeliveryState; retryAfterMs: number } | undefined> {
  const { rows } = await db.pool.query<{ state: WebhookDeliveryState; retryAfterMs: number }>({
    name: 'note-failed',
    text: `update webhook_deliveries set last_status = $3, last_error = $4,
             state = case when $5 or attempts - attempts_before_replay >= $6 then 'DEAD' else 'PENDING' end,
             next_attempt_at = now() + make_interval(
               secs => $7::float8 / 1000 * 2 ^ (attempts - attempts_before_replay - 1) * (0.8 + 0.4 * random()))
           where id = $1 and attempts = $2 and state = 'PENDING'
           returning state, ceil(extract(epoch from next_attempt_at - now()) * 1000)::float8 as "retryAfterMs"`,
    values: [deliveryId, attempt, status, error, isGone, maxAttempts, firstWaitMs],
  })
  return rows[0]
}

export type DueDelivery = {
  deliveryId: WebhookDeliveryId
  endpointId: WebhookEndpointId
  overdueTenMinutes: number
}

/** Deliveries that should be tried by now, the longest overdue first, so many of each of these endpoints that is on. */
export async function findDueDeliveries(
  db: Database,
  { endpointIds, limitPerEndpoint }: { endpointIds: readonly WebhookEndpointId[]; limitPerEndpoint: number },
): Promise<DueDelivery[]> {
  const { rows } = await db.pool.query<DueDelivery>({
    name: 'find-due-deliveries',
    text: `select due.id as "deliveryId", endpoints.id as "endpointId",
                  floor(extract(epoch from now() - due.next_attempt_at) / 600)::int as "overdueTenMinutes"
           from webhook_endpoints endpoints
           cross join lateral (
             select id, next_attempt_at from webhook_deliveries
             where endpoint_id = endpoints.id and state = 'PENDING' and next_attempt_at <= now()
             order by next_attempt_at, id limit $2
           ) due
           where endpoints.id = any($1) and off_reason is null and removed_at is null`,
    values: [endpointIds, limitPerEndpoint],
  })
  return rows
}

/** Deliveries a statement: 500,000 pending ones in one statement took 12 s, and Postgres ends statements after 15 s. */
const buriedAtOnce = 10_000

/**
 * PENDING -> DEAD, of endpoints that were removed: when that happens, and again by each sweep, since there may be more, and
 * since a relay that was under way may have added some. What another process is burying is left to it.
 */
export async function buryPending(connection: Database['pool'] | Tx): Promise<void> {
  await connection.query({
    name: 'bury-pending-deliveries',
    text: `update webhook_deliveries set state = 'DEAD', last_error = 'the endpoint was removed'
           where id = any(array(
             select pending.id from webhook_endpoints endpoints
             cross join lateral (
               select id from webhook_deliveries where endpoint_id = endpoints.id and state = 'PENDING'
               limit $1 for update skip locked
             ) pending
             where removed_at is not null limit $1
           ))`,
    values: [buriedAtOnce],
  })
}
