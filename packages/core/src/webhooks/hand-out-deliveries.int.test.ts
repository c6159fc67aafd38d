import { type WebhookEndpointId, webhookExamples } from '@greenroom/contract'
import { beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { deliverWebhookJob, openQueue } from '../platform/jobs.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { findDueDeliveries } from './delivery-store.ts'
import { enqueueDeliveries, jobsAtOnce } from './hand-out-deliveries.ts'
import {
  handOutDeliveries,
  recordEvents,
  relayEvents,
  removeWebhook,
  sendTestWebhook,
  switchWebhook,
} from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const url = 'https://partner.example/hook'

beforeEach(async () => {
  await deps.db.pool.query('update webhook_endpoints set removed_at = now() where removed_at is null')
  await handOutDeliveries(deps)
})

/** An endpoint with so many deliveries that should have been tried so long ago, and no job for any. */
async function makeOverdue(count: number, overdue: string): Promise<WebhookEndpointId> {
  const { endpointId } = await registerReceiver(deps, { url }, { operatorId })
  for (let sent = 0; sent < count; sent++) await sendTestWebhook(deps, { operatorId, endpointId })
  await emptyRedis(deps)
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

test('a delivery is handed out when it is due, not before, and not while its endpoint is off', async () => {
  const endpointId = await makeOverdue(1, '-1 minute')
  expect(await handOutDeliveries(deps)).toBe(0)
  await deps.db.pool.query("update webhook_deliveries set next_attempt_at = now() - interval '1 ms'")
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
  expect(await handOutDeliveries(deps)).toBe(jobsAtOnce + 1)
  expect([await jobsOf(busy), await jobsOf(calm)]).toEqual([jobsAtOnce, 1])
})

test('of any backlog Redis has so many jobs at most, the oldest first, whoever adds them; without the look at what waits it has all', async () => {
  const endpointId = await makeOverdue(1, '2 hours')
  await insertOverdue(endpointId, 5_000)
  const queue = openQueue(deps.redis, deliverWebhookJob(endpointId).queue)
  for (let round = 0; round < 3; round++) {
    await handOutDeliveries(deps)
    await sendTestWebhook(deps, { operatorId, endpointId })
    await inTransaction(deps.db, (tx) => recordEvents(tx, [webhookExamples['reservation.paid']]))
    await relayEvents(deps)
  }
  const inOrder = async (): Promise<number[]> => (await queue.getWaiting()).map((job) => job.data.deliveryId)
  const oldest = await findDueDeliveries(deps.db, { endpointIds: [endpointId], limitPerEndpoint: 1_000 })
  const oldestIds = oldest.map(({ deliveryId }) => deliveryId)
  expect(await inOrder()).toEqual(oldestIds.slice(0, jobsAtOnce))
  // a worker has made the first; those that follow in order come after the others that wait
  const [first] = await queue.getWaiting()
  await first?.remove()
  await deps.db.pool.query("update webhook_deliveries set state = 'DEAD' where id = $1", [oldestIds[0]])
  await handOutDeliveries(deps)
  expect(await inOrder()).toEqual(oldestIds.slice(1, jobsAtOnce + 1))

  const all = await findDueDeliveries(deps.db, { endpointIds: [endpointId], limitPerEndpoint: 10_000 })
  await enqueueDeliveries(deps, all)
  expect(await jobsOf(endpointId)).toBe(5_006)
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
