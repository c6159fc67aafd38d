import type { RegisterWebhookInput, WebhookEndpoint, WebhookEndpointId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** Two that register at once take turns, so that the count they look at stays true. */
export async function lockEndpoints(tx: Tx): Promise<void> {
  await tx.query('lock table webhook_endpoints in share row exclusive mode')
}

export async function countEndpoints(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*)::int as count from webhook_endpoints where removed_at is null',
  )
  return rows[0]?.count ?? 0
}

export async function insertEndpoint(tx: Tx, input: RegisterWebhookInput): Promise<WebhookEndpointId> {
  const { rows } = await tx.query<{ id: WebhookEndpointId }>(
    'insert into webhook_endpoints (url, description, event_types) values ($1, $2, $3) returning id',
    [input.url, input.description, input.eventTypes],
  )
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row.id
}

const endpointColumns = `
  id as "endpointId", url, description, event_types as "eventTypes",
  case off_reason when 'gone' then 'gone' when 'operator' then 'off' else 'on' end as state,
  case when secret_version > 1 and rotated_at > now() - interval '1 day'
    then floor(extract(epoch from rotated_at + interval '1 day') * 1000)::float8 end as "oldSecretUntilMs",
  (select count(*)::int from webhook_deliveries where endpoint_id = endpoints.id and state = 'PENDING') as "pendingCount",
  (select count(*)::int from webhook_deliveries where endpoint_id = endpoints.id and state = 'DEAD') as "deadCount",
  floor(extract(epoch from created_at) * 1000)::float8 as "createdAtMs"`

export async function findEndpoints(db: Database): Promise<WebhookEndpoint[]> {
  const { rows } = await db.pool.query<WebhookEndpoint>(
    `select ${endpointColumns} from webhook_endpoints endpoints where removed_at is null order by id`,
  )
  return rows
}

/** Those that get anything now. */
export async function findEndpointsOn(db: Database): Promise<WebhookEndpointId[]> {
  const { rows } = await db.pool.query<{ id: WebhookEndpointId }>({
    name: 'find-endpoints-on',
    text: 'select id from webhook_endpoints where off_reason is null and removed_at is null order by id',
  })
  return rows.map((row) => row.id)
}

/** The endpoint's row, locked; `undefined` when there is none or it was removed. */
export async function lockEndpoint(
  tx: Tx,
  endpointId: WebhookEndpointId,
): Promise<{ url: string; isOn: boolean; secretVersion: number } | undefined> {
  const { rows } = await tx.query<{ url: string; isOn: boolean; secretVersion: number }>(
    `select url, off_reason is null as "isOn", secret_version as "secretVersion"
     from webhook_endpoints where id = $1 and removed_at is null for update`,
    [endpointId],
  )
  return rows[0]
}

/** Switched off it gets nothing: what is pending stays, what happens meanwhile is not for it. */
export async function switchOff(
  connection: Database['pool'] | Tx,
  endpointId: WebhookEndpointId,
  reason: 'operator' | 'gone',
): Promise<void> {
  await connection.query(
    'update webhook_endpoints set off_reason = $2 where id = $1 and off_reason is null',
    [endpointId, reason],
  )
}

export async function switchOn(tx: Tx, endpointId: WebhookEndpointId): Promise<void> {
  await tx.query('update webhook_endpoints set off_reason = null where id = $1', [endpointId])
}

/** It is kept for its deliveries' sake. */
export async function removeRow(tx: Tx, endpointId: WebhookEndpointId): Promise<void> {
  await tx.query('update webhook_endpoints set removed_at = now() where id = $1', [endpointId])
}

/** The next version of its secret; the one before signs for a day more. */
export async function countSecretUp(tx: Tx, endpointId: WebhookEndpointId): Promise<number> {
  const { rows } = await tx.query<{ version: number }>(
    `update webhook_endpoints set secret_version = secret_version + 1, rotated_at = now() where id = $1
     returning secret_version as version`,
    [endpointId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('a locked endpoint is gone')
  return row.version
}
