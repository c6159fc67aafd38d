import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { WebhookDeliveryId, WebhookEndpointId } from '@greenroom/contract'
import {
  closeDeps,
  deliverWebhookJob,
  handOutDeliveries,
  listWebhookDeliveries,
  openDeps,
  openQueue,
  pay,
  relayEvents,
  removeWebhook,
  sendTestWebhook,
  startWorker,
} from '@greenroom/core'
import {
  createTestDeps,
  emptyRedis,
  insertHold,
  makeFan,
  makeRichFan,
  makeShow,
  type Receiver,
  registerReceiver,
  startReceiver,
} from '@greenroom/core/testing'
import { startProcesses } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { deliveryHandlers } from './job-handlers.ts'
import { keepWebhookWorkers } from './keep-webhook-workers.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const show = await makeShow(deps, { seatCount: 500, priceMinor: 1_000 })
let nextSeat = 0

async function payOnce(): Promise<void> {
  const fanId = await makeRichFan(deps)
  const seatIds = show.seatIds.slice(nextSeat, (nextSeat += 1))
  const reservationId = await insertHold(deps, { fanId, show, seatIds })
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
}

const payOften = async (times: number): Promise<void> => {
  await Promise.all(Array.from({ length: times }, payOnce))
}

/** An endpoint that is there for one test. */
async function register(receiver: Receiver): Promise<WebhookEndpointId> {
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  onTestFinished(() => removeWebhook(deps, { operatorId, endpointId }))
  return endpointId
}

/** A worker with connections of its own, for the deliveries alone: nothing sweeps. */
function startDelivering(name: string): void {
  const own = openDeps(deps.settings, name)
  const workers = keepWebhookWorkers(own)
  onTestFinished(() => workers.close().then(() => closeDeps(own)))
}

/** Jobs of the endpoint that wait, run or are to run later. */
const unfinishedJobs = (endpointId: WebhookEndpointId): Promise<number> =>
  openQueue(deps.redis, deliverWebhookJob(endpointId).queue).getJobCountByTypes(
    'waiting',
    'active',
    'delayed',
  )

/** Sweeps until the test is over; says how many jobs of the endpoint were seen at once. */
function startSweeping(endpointId?: WebhookEndpointId): () => number {
  const running = new AbortController()
  let mostSeen = 0
  const sweeping = (async () => {
    while (!running.signal.aborted) {
      await handOutDeliveries(deps)
      if (endpointId !== undefined) mostSeen = Math.max(mostSeen, await unfinishedJobs(endpointId))
      await setTimeout(20)
    }
  })()
  onTestFinished(async () => {
    running.abort()
    await sweeping
  })
  return () => mostSeen
}

async function pendingOf(endpointId: WebhookEndpointId): Promise<WebhookDeliveryId[]> {
  const { deliveries } = await listWebhookDeliveries(deps, { endpointId, state: 'PENDING', limit: 200 })
  return deliveries.map(({ deliveryId }) => deliveryId)
}

const idsOf = (receiver: Receiver): string[] => receiver.messages.map(({ id }) => id)
const patience = { timeout: 30_000, interval: 20 }

test('an endpoint that never answers and one that is broken keep neither payments nor another endpoint waiting', async () => {
  const [silent, broken, good] = [
    await startReceiver('silence'),
    await startReceiver(500),
    await startReceiver(),
  ]
  for (const receiver of [silent, broken, good]) await register(receiver)
  startDelivering('worker')
  await payOften(20)
  await relayEvents(deps)
  await expect.poll(() => silent.messages.length, patience).toBe(8)
  await expect.poll(() => broken.messages.length, patience).toBe(20)
  await payOften(20)
  await relayEvents(deps)
  await expect.poll(() => new Set(idsOf(good)).size, patience).toBe(40)
  expect(good.messages).toHaveLength(40)
  // still the same eight, each of them waiting for an answer
  expect(silent.messages).toHaveLength(8)
  silent.answer(200)
  silent.letGo(200)
})

test('an endpoint that never answers keeps no new endpoint waiting when it is removed', async () => {
  let isGivenUp = false
  const silent = await startReceiver((reply) => reply.on('close', () => (isGivenUp = true)))
  const { endpointId: silentId } = await registerReceiver(deps, silent, { operatorId })
  startDelivering('worker')
  await sendTestWebhook(deps, { operatorId, endpointId: silentId })
  await expect.poll(() => silent.messages.length, patience).toBe(1)
  await removeWebhook(deps, { operatorId, endpointId: silentId })
  // by the time the first new endpoint has its message the removal was seen, too; the second comes after that
  for (const receiver of [await startReceiver(), await startReceiver()]) {
    await sendTestWebhook(deps, { operatorId, endpointId: await register(receiver) })
    await expect.poll(() => receiver.messages.length, patience).toBe(1)
  }
  expect(isGivenUp).toBe(false)
})

test('on one queue for all of them the good endpoint would wait behind the silent one', async () => {
  const [silent, good] = [await startReceiver('silence'), await startReceiver()]
  const [silentId, goodId] = [await register(silent), await register(good)]
  await payOften(10)
  await relayEvents(deps)
  const { queue, name } = deliverWebhookJob(silentId)
  const goodOnes = await pendingOf(goodId)
  await openQueue(deps.redis, queue).addBulk(goodOnes.map((deliveryId) => ({ name, data: { deliveryId } })))
  const worker = startWorker(deps, queue, deliveryHandlers(deps, silentId), { concurrency: 8 })
  onTestFinished(worker.close)
  await expect.poll(() => silent.messages.length, patience).toBe(8)
  expect(good.messages).toEqual([])
  silent.answer(200)
  silent.letGo(200)
  await expect.poll(() => good.messages.length, patience).toBe(10)
})

test('two workers, and every job twice: each message is sent once', async () => {
  const receiver = await startReceiver()
  const endpointId = await register(receiver)
  await payOften(100)
  await relayEvents(deps)
  const { queue, name } = deliverWebhookJob(endpointId)
  const all = await pendingOf(endpointId)
  expect(all).toHaveLength(100)
  await openQueue(deps.redis, queue).addBulk(all.map((deliveryId) => ({ name, data: { deliveryId } })))
  startDelivering('one')
  startDelivering('other')
  await expect.poll(() => openQueue(deps.redis, queue).getCompletedCount(), patience).toBe(200)
  expect(receiver.messages).toHaveLength(100)
  expect(new Set(idsOf(receiver)).size).toBe(100)
  expect(await pendingOf(endpointId)).toEqual([])
})

test('a message that was refused is sent again when its row says so, and nothing of it waits in Redis until then', async () => {
  const receiver = await startReceiver(500)
  const endpointId = await register(receiver)
  startDelivering('worker')
  await sendTestWebhook(deps, { operatorId, endpointId })
  await expect.poll(() => receiver.messages.length, patience).toBe(1)
  await expect.poll(() => unfinishedJobs(endpointId), patience).toBe(0)
  receiver.answer(200)
  startSweeping()
  await expect.poll(() => pendingOf(endpointId), patience).toEqual([])
  expect(receiver.messages).toHaveLength(2)
  expect(new Set(idsOf(receiver)).size).toBe(1)
})

test('the backlog of a dead endpoint waits in its rows, and when it is back every message comes once', async () => {
  const receiver = await startReceiver(503)
  const endpointId = await register(receiver)
  // more than the 1,000 that may lie in Redis
  const count = 2_500
  await deps.db.pool.query(
    `with told as (
       insert into events (type, data)
       select 'webhook.test', jsonb_build_object('endpointId', $1::bigint) from generate_series(1, $2) returning id
     )
     insert into webhook_deliveries (event_id, endpoint_id) select id, $1 from told`,
    [endpointId, count],
  )
  const mostSeen = startSweeping(endpointId)
  startDelivering('worker')
  await expect.poll(() => receiver.messages.length, patience).toBeGreaterThan(750)
  receiver.answer(200)
  receiver.messages.length = 0
  await letTimePass()
  await expect.poll(() => pendingOf(endpointId), { ...patience, timeout: 60_000 }).toEqual([])
  expect(receiver.messages).toHaveLength(count)
  expect(new Set(idsOf(receiver)).size).toBe(count)
  expect(mostSeen()).toBeGreaterThan(0)
  expect(mostSeen()).toBeLessThanOrEqual(1_000)
}, 90_000)

test('a Redis that was emptied loses no delivery: the sweep adds its job again, and none while one waits', async () => {
  const receiver = await startReceiver()
  const endpointId = await register(receiver)
  await payOften(50)
  await relayEvents(deps)
  const queue = openQueue(deps.redis, deliverWebhookJob(endpointId).queue)
  expect(await queue.getWaitingCount()).toBe(50)
  await emptyRedis(deps)
  expect(await queue.getWaitingCount()).toBe(0)
  await letTimePass()
  expect(await handOutDeliveries(deps)).toBe(50)
  expect(await handOutDeliveries(deps)).toBe(50)
  expect(await queue.getWaitingCount()).toBe(50)
  startDelivering('worker')
  await expect.poll(() => pendingOf(endpointId), patience).toEqual([])
  expect(receiver.messages).toHaveLength(50)
  expect(new Set(idsOf(receiver)).size).toBe(50)
})

test('a worker killed between sending and noting sends again under the same id, and nothing else is lost', async () => {
  const receiver = await startReceiver('silence')
  const endpointId = await register(receiver)
  const { databaseUrl, redisUrl } = deps.settings
  const processes = await startProcesses({
    databaseUrl,
    redisUrl,
    without: ['api', 'gateway'],
  })
  onTestFinished(processes.stop)
  await payOnce()
  await expect.poll(() => receiver.messages.length, patience).toBe(1)
  await processes.worker.kill()
  await endLeases(endpointId)
  receiver.answer(200)
  await payOnce()
  await letTimePass()
  await processes.worker.start()
  await expect.poll(() => idsOf(receiver).toSorted().length, patience).toBe(3)
  await expect.poll(() => pendingOf(endpointId), patience).toEqual([])
  const [first] = idsOf(receiver)
  expect(idsOf(receiver).filter((id) => id === first)).toHaveLength(2)
  expect(new Set(idsOf(receiver)).size).toBe(2)
})

/** The ten seconds for which jobs under way are their worker's, also of one that was killed. */
async function endLeases(endpointId: WebhookEndpointId): Promise<void> {
  const queue = openQueue(deps.redis, deliverWebhookJob(endpointId).queue)
  const active = await queue.getActive()
  expect(active).not.toEqual([])
  for (const { id } of active) await deps.redis.del(queue.toKey(`${id}:lock`))
}

/** Six seconds, for the deliveries that are pending. */
async function letTimePass(): Promise<void> {
  await deps.db.pool.query(
    "update webhook_deliveries set next_attempt_at = now() - interval '6 s' where state = 'PENDING'",
  )
}
