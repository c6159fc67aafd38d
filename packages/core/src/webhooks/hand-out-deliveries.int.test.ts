import type { WebhookEndpointId } from '@greenroom/contract'
import { beforeEach, expect, test } from 'vitest'
import { deliverWebhookJob, openQueue } from '../platform/jobs.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { handOutDeliveries, removeWebhook, sendTestWebhook, switchWebhook } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const url = 'https://partner.example/hook'

beforeEach(async () => {
  await deps.db.pool.query('update webhook_endpoints set removed_at = now() where removed_at is null')
})

/** An endpoint with so many deliveries that should have been tried so long ago, and no job for any. */
async function makeOverdue(count: number, overdue: string): Promise<WebhookEndpointId> {
  const { endpointId } = await registerReceiver(deps, { url }, { operatorId })
  for (let sent = 0; sent < count; sent++) await sendTestWebhook(deps, { operatorId, endpointId })
  await deps.redis.flushdb()
  await deps.db.pool.query(
    'update webhook_deliveries set next_attempt_at = now() - $2::interval where endpoint_id = $1',
    [endpointId, overdue],
  )
  return endpointId
}

async function insertOverdue(endpointId: WebhookEndpointId, count: number): Promise<void> {
  await deps.db.pool.query(
    `with told as (
       insert into events (type, data) select 'webhook.test', '{}' from generate_series(1, $2) returning id
     )
     insert into webhook_deliveries (event_id, endpoint_id, next_attempt_at)
     select id, $1, now() - interval '1 hour' from told`,
    [endpointId, count],
  )
}

const jobsOf = (endpointId: WebhookEndpointId): Promise<number> =>
  openQueue(deps.redis, deliverWebhookJob(endpointId).queue).getWaitingCount()

test('a delivery is taken for lost after five seconds, not before, and not while its endpoint is off', async () => {
  const endpointId = await makeOverdue(1, '4 s')
  expect(await handOutDeliveries(deps)).toBe(0)
  await deps.db.pool.query("update webhook_deliveries set next_attempt_at = next_attempt_at - interval '2 s'")
  await switchWebhook(deps, { operatorId, endpointId, isOn: false })
  expect(await handOutDeliveries(deps)).toBe(0)
  expect(await jobsOf(endpointId)).toBe(0)
  await switchWebhook(deps, { operatorId, endpointId, isOn: true })
  expect(await jobsOf(endpointId)).toBe(1)
})

test('the backlog of one endpoint hides no delivery of another', async () => {
  const busy = await makeOverdue(1, '1 hour')
  await insertOverdue(busy, 1_000)
  const calm = await makeOverdue(1, '6 s')
  expect(await handOutDeliveries(deps)).toBe(201)
  expect([await jobsOf(busy), await jobsOf(calm)]).toEqual([200, 1])
})

test('a job that Redis remembers and nobody can get at holds its delivery up for ten minutes at most', async () => {
  const endpointId = await makeOverdue(1, '9 minutes')
  await handOutDeliveries(deps)
  await deps.redis.del(`{jobs}:${deliverWebhookJob(endpointId).queue}:wait`)
  await handOutDeliveries(deps)
  expect(await jobsOf(endpointId)).toBe(0)
  await deps.db.pool.query("update webhook_deliveries set next_attempt_at = now() - interval '10 minutes'")
  await handOutDeliveries(deps)
  expect(await jobsOf(endpointId)).toBe(1)
})

test('an endpoint with more pending than one statement ends is removed all the same, and the sweep ends the rest', async () => {
  const endpointId = await makeOverdue(1, '1 hour')
  await insertOverdue(endpointId, 10_500)
  const pending = async (): Promise<number> => {
    const { rows } = await deps.db.pool.query<{ count: number }>(
      `select count(*)::int as count from webhook_deliveries where endpoint_id = $1 and state = 'PENDING'`,
      [endpointId],
    )
    return rows[0]?.count ?? 0
  }
  await removeWebhook(deps, { operatorId, endpointId })
  expect(await pending()).toBe(501)
  await handOutDeliveries(deps)
  expect(await pending()).toBe(0)
})
