import {
  type WebhookDelivery,
  type WebhookDeliveryId,
  type WebhookEndpointId,
  webhookExamples,
} from '@greenroom/contract'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { deliverWebhookJob, FailedTry } from '../platform/jobs.ts'
import { changeMeets, countWaiting } from '../testing/blocked-rows.ts'
import { findKeys } from '../testing/find-keys.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { registerReceiver, startReceiver } from '../testing/webhook-receiver.ts'
import { claimText } from './delivery-store.ts'
import { lockEndpoint, removeRow } from './endpoint-store.ts'
import {
  deliverWebhook,
  handOutDeliveries,
  listWebhookDeliveries,
  listWebhooks,
  recordEvents,
  relayEvents,
  removeWebhook,
  replayDeadWebhooks,
  replayWebhook,
  rotateWebhookSecret,
  sendTestWebhook,
  switchWebhook,
} from './index.ts'
import { maxAttempts } from './retry-schedule.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const strict: Deps = {
  ...deps,
  settings: { ...deps.settings, webhooks: { allowPrivate: false, timeoutMs: 10_000 } },
}
const hasty: Deps = {
  ...deps,
  settings: { ...deps.settings, webhooks: { allowPrivate: true, timeoutMs: 200 } },
}

const sendTest = async (endpointId: WebhookEndpointId): Promise<WebhookDeliveryId> =>
  (await sendTestWebhook(deps, { operatorId, endpointId })).deliveryId

async function deliveryOf(deliveryId: WebhookDeliveryId): Promise<WebhookDelivery | undefined> {
  const { deliveries } = await listWebhookDeliveries(deps, { limit: 200 })
  return deliveries.find((each) => each.deliveryId === deliveryId)
}

/** The time of the next attempt has come. */
const letTimePass = async (deliveryId: WebhookDeliveryId): Promise<void> => {
  await deps.db.pool.query(
    "update webhook_deliveries set next_attempt_at = now() - interval '1 ms' where id = $1",
    [deliveryId],
  )
}

/** One attempt that fails; what it says about the next one. */
async function failedTry(its: Deps, deliveryId: WebhookDeliveryId): Promise<number | null> {
  const error: unknown = await deliverWebhook(its, { deliveryId }).catch((reason: unknown) => reason)
  if (!(error instanceof FailedTry)) throw new Error(`no failed try: ${String(error)}`)
  return error.retryAfterMs
}

test('a message is signed as Standard Webhooks says, over the bytes that are sent, by the endpoint’s own secret', async () => {
  const [receiver, stranger] = [await startReceiver(), await startReceiver()]
  const { endpointId, secret } = await registerReceiver(deps, receiver, { operatorId })
  const other = await registerReceiver(deps, stranger, { operatorId })
  const deliveryId = await sendTest(endpointId)
  await deliverWebhook(deps, { deliveryId })
  const [message] = receiver.messages
  if (message === undefined) throw new Error('nothing came')
  expect(new Webhook(secret).verify(message.body, message.headers)).toEqual({
    type: 'webhook.test',
    eventId: expect.any(Number),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    data: { endpointId },
  })
  expect(() => new Webhook(secret).verify(`${message.body} `, message.headers)).toThrow(
    'No matching signature',
  )
  expect(() => new Webhook(other.secret).verify(message.body, message.headers)).toThrow(
    'No matching signature',
  )
  expect(await deliveryOf(deliveryId)).toMatchObject({
    state: 'DELIVERED',
    attempts: 1,
    lastStatus: 204,
    lastError: null,
  })
  const { rows } = await deps.db.pool.query('select * from webhook_endpoints')
  expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length))
})

test('for a day after a rotation the secret before signs too; then, and after a second rotation, it does not', async () => {
  const receiver = await startReceiver()
  const { endpointId, secret: first } = await registerReceiver(deps, receiver, { operatorId })
  const verifiedBy = async (...secrets: string[]): Promise<boolean[]> => {
    await deliverWebhook(deps, { deliveryId: await sendTest(endpointId) })
    const message = receiver.messages.at(-1)
    if (message === undefined) throw new Error('nothing came')
    return secrets.map((secret) => {
      try {
        new Webhook(secret).verify(message.body, message.headers)
        return true
      } catch {
        return false
      }
    })
  }
  const { secret: second } = await rotateWebhookSecret(deps, { operatorId, endpointId })
  expect(await verifiedBy(first, second)).toEqual([true, true])
  await deps.db.pool.query(
    "update webhook_endpoints set rotated_at = now() - interval '1 day' where id = $1",
    [endpointId],
  )
  expect(await verifiedBy(first, second)).toEqual([false, true])
  const { secret: third } = await rotateWebhookSecret(deps, { operatorId, endpointId })
  const { secret: fourth } = await rotateWebhookSecret(deps, { operatorId, endpointId })
  expect(await verifiedBy(second, third, fourth)).toEqual([false, true, true])
})

test('an attempt that fails is made again after a doubling wait, as the same message, until the endpoint has recovered', async () => {
  const receiver = await startReceiver(500)
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  for (const [attempt, waitMs] of [5_000, 10_000, 20_000].entries()) {
    const retryAfterMs = await failedTry(deps, deliveryId)
    expect(retryAfterMs).toBeGreaterThanOrEqual(0.8 * waitMs)
    expect(retryAfterMs).toBeLessThanOrEqual(1.2 * waitMs)
    const noted = { state: 'PENDING', attempts: attempt + 1, lastStatus: 500, lastError: 'answered 500' }
    expect(await deliveryOf(deliveryId)).toMatchObject(noted)
    // too early: nothing happens
    await deliverWebhook(deps, { deliveryId })
    expect(receiver.messages).toHaveLength(attempt + 1)
    await letTimePass(deliveryId)
  }
  receiver.answer(200)
  await deliverWebhook(deps, { deliveryId })
  expect(await deliveryOf(deliveryId)).toMatchObject({ state: 'DELIVERED', attempts: 4, lastStatus: 200 })
  expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(1)
  expect(new Set(receiver.messages.map(({ body }) => body)).size).toBe(1)
  await deliverWebhook(deps, { deliveryId })
  expect(receiver.messages).toHaveLength(4)
})

test('after the last attempt a delivery is a dead letter; an operator sees it and sends it again, with all its attempts', async () => {
  const receiver = await startReceiver(503)
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  const exhaust = async (): Promise<void> => {
    for (let attempt = 1; attempt < maxAttempts; attempt++) {
      expect(await failedTry(deps, deliveryId)).not.toBeNull()
      await letTimePass(deliveryId)
    }
    expect(await failedTry(deps, deliveryId)).toBeNull()
  }
  await exhaust()
  const dead = { deliveryId, state: 'DEAD', lastStatus: 503, nextAttemptAtMs: null }
  expect(
    (await listWebhookDeliveries(deps, { endpointId, state: 'DEAD', limit: 50 })).deliveries,
  ).toMatchObject([dead])
  expect(await listWebhooks(deps)).toContainEqual(
    expect.objectContaining({ endpointId, deadCount: 1, pendingCount: 0 }),
  )
  await deliverWebhook(deps, { deliveryId })
  expect(receiver.messages).toHaveLength(maxAttempts)

  expect(await replayWebhook(deps, { operatorId, deliveryId })).toMatchObject({ state: 'PENDING' })
  await exhaust()
  expect(receiver.messages).toHaveLength(2 * maxAttempts)
  expect(await replayDeadWebhooks(deps, { operatorId, endpointId })).toEqual({ count: 1 })
  expect(await replayDeadWebhooks(deps, { operatorId, endpointId })).toEqual({ count: 0 })
  receiver.answer(200)
  await deliverWebhook(deps, { deliveryId })
  expect(await deliveryOf(deliveryId)).toMatchObject({ state: 'DELIVERED', attempts: 2 * maxAttempts + 1 })
  expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(1)
})

test('an endpoint that answers 410 is switched off: that delivery is dead, the others wait until it is on again', async () => {
  const receiver = await startReceiver(410)
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const [first, second] = [await sendTest(endpointId), await sendTest(endpointId)]
  expect(await failedTry(deps, first)).toBeNull()
  expect(await listWebhooks(deps)).toContainEqual(
    expect.objectContaining({ endpointId, state: 'gone', pendingCount: 1 }),
  )
  await deliverWebhook(deps, { deliveryId: second })
  expect(receiver.messages).toHaveLength(1)
  receiver.answer(200)
  await switchWebhook(deps, { operatorId, endpointId, isOn: true })
  await deliverWebhook(deps, { deliveryId: second })
  expect(await deliveryOf(second)).toMatchObject({ state: 'DELIVERED' })
})

test('an endpoint stays as it was read while it is changed, so that two who change it take turns', async () => {
  const { endpointId } = await registerReceiver(deps, await startReceiver(), { operatorId })
  const rotated = changeMeets(
    deps,
    (tx) => lockEndpoint(tx, endpointId),
    (tx) =>
      tx.query('update webhook_endpoints set secret_version = secret_version + 1 where id = $1', [
        endpointId,
      ]),
  )
  expect(await rotated).toBe('waits')
})

test('an endpoint that is off or removed gets nothing, and what was pending for a removed one is dead', async () => {
  const receiver = await startReceiver()
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  await switchWebhook(deps, { operatorId, endpointId, isOn: false })
  await deliverWebhook(deps, { deliveryId })
  expect(await deliveryOf(deliveryId)).toMatchObject({ state: 'PENDING', attempts: 0 })
  await removeWebhook(deps, { operatorId, endpointId })
  expect(await deliveryOf(deliveryId)).toMatchObject({ state: 'DEAD' })
  expect(await listWebhooks(deps)).not.toContainEqual(expect.objectContaining({ endpointId }))
  const again = removeWebhook(deps, { operatorId, endpointId })
  await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'webhookEndpoint' } })
  expect(receiver.messages).toEqual([])
})

test('a removed endpoint leaves nothing that is pending: not what it could not take, not by a replay, not by a relay under way', async () => {
  const receiver = await startReceiver()
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  await inTransaction(deps.db, (tx) => recordEvents(tx, [webhookExamples['reservation.paid']]))
  const relayed = await inTransaction(deps.db, async (removing) => {
    await lockEndpoint(removing, endpointId)
    const relaying = relayEvents(deps)
    // it has read the endpoint as one that is on, and waits for its row to refer to it
    await expect.poll(() => countWaiting(deps), { interval: 5 }).toBe(1)
    await removeRow(removing, endpointId)
    return { relaying }
  })
  await relayed.relaying
  const pending = async (): Promise<number> =>
    (await listWebhookDeliveries(deps, { endpointId, state: 'PENDING', limit: 50 })).deliveries.length
  expect(await pending()).toBe(2)
  await handOutDeliveries(deps)
  expect(await pending()).toBe(0)
  const replay = replayWebhook(deps, { operatorId, deliveryId })
  await expect(replay).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'webhookEndpoint' } })
  expect(await pending()).toBe(0)
})

test('the jobs of a removed endpoint leave Redis with it', async () => {
  const { endpointId } = await registerReceiver(deps, await startReceiver(), { operatorId })
  for (let sent = 0; sent < 3; sent++) await sendTest(endpointId)
  const keys = () => findKeys(deps, `*${deliverWebhookJob(endpointId).queue}:*`)
  expect(await keys()).not.toEqual([])
  await removeWebhook(deps, { operatorId, endpointId })
  expect(await keys()).toEqual([])
})

test('an endpoint that never answers is given up after the timeout, and one that answers without end is not waited for', async () => {
  const receiver = await startReceiver('silence')
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const silent = await sendTest(endpointId)
  await failedTry(hasty, silent)
  expect(await deliveryOf(silent)).toMatchObject({
    state: 'PENDING',
    lastStatus: null,
    lastError: 'no answer within 200 ms',
  })
  receiver.answer((reply) => {
    reply.writeHead(200)
    const flood = (): void => {
      if (reply.write(Buffer.alloc(65_536))) setImmediate(flood)
      else reply.once('drain', flood)
    }
    flood()
    reply.on('close', () => reply.removeAllListeners('drain'))
  })
  const endless = await sendTest(endpointId)
  await deliverWebhook(deps, { deliveryId: endless })
  expect(await deliveryOf(endless)).toMatchObject({ state: 'DELIVERED', lastStatus: 200 })
})

test('a redirect is not followed', async () => {
  const elsewhere = await startReceiver()
  const receiver = await startReceiver((reply) => reply.writeHead(307, { location: elsewhere.url }).end())
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  await failedTry(deps, deliveryId)
  expect(await deliveryOf(deliveryId)).toMatchObject({ lastStatus: 307, lastError: 'answered 307' })
  expect(elsewhere.messages).toEqual([])
})

test.for([
  ['this machine', '127.0.0.1'],
  ['this machine by name, looked up when connecting', 'localhost'],
  ['this machine as one number', '2130706433'],
  ['this machine over IPv6', '[::1]'],
  ['this machine, mapped', '[::ffff:127.0.0.1]'],
  ['any address', '0.0.0.0'],
])('without leave to do so nothing connects to %s', async ([, host]) => {
  const receiver = await startReceiver()
  const { port } = new URL(receiver.url)
  const { endpointId } = await registerReceiver(deps, { url: `http://${host}:${port}/` }, { operatorId })
  const deliveryId = await sendTest(endpointId)
  await failedTry(strict, deliveryId)
  expect(await deliveryOf(deliveryId)).toMatchObject({
    lastStatus: null,
    lastError: 'refused: not a public address',
  })
  expect(receiver.messages).toEqual([])
  await removeWebhook(deps, { operatorId, endpointId })
})

test.for(['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '[fd00::1]', '[fe80::1]'])(
  'nor to %s',
  async (host) => {
    const { endpointId } = await registerReceiver(deps, { url: `http://${host}/` }, { operatorId })
    const deliveryId = await sendTest(endpointId)
    await failedTry(strict, deliveryId)
    expect(await deliveryOf(deliveryId)).toMatchObject({ lastError: 'refused: not a public address' })
    await removeWebhook(deps, { operatorId, endpointId })
  },
)

test.for([
  ['plain http', 'http://partner.example/hook'],
  ['a password in it', 'https://user:secret@partner.example/hook'],
  ['a fragment', 'https://partner.example/hook#top'],
  ['more in it, encoded, than it may have', `https://partner.example/${'😀'.repeat(300)}`],
] as const)('an address with %s is not registered', async ([, url]) => {
  await expect(registerReceiver(strict, { url }, { operatorId })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { faults: [{ path: 'url' }] },
  })
})

test('many who take the same delivery at once make one attempt; without the look at its time each makes one', async () => {
  const receiver = await startReceiver('silence')
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  const claim = async (text: string): Promise<number> => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => deps.db.pool.query(text, [deliveryId, 20_000])),
    )
    return claims.filter(({ rowCount }) => rowCount === 1).length
  }
  expect(await claim(claimText)).toBe(1)
  expect(await claim(textWithout(claimText, { 'and next_attempt_at <= now()': '' }))).toBe(8)
})

test('an attempt that was taken for lost and comes back late does not undo what the next one noted', async () => {
  const receiver = await startReceiver('silence')
  const { endpointId } = await registerReceiver(deps, receiver, { operatorId })
  const deliveryId = await sendTest(endpointId)
  const late = deliverWebhook(deps, { deliveryId })
  await expect.poll(() => receiver.messages.length).toBe(1)
  receiver.answer(200)
  await letTimePass(deliveryId)
  expect(await handOutDeliveries(deps)).toBeGreaterThan(0)
  await deliverWebhook(deps, { deliveryId })
  receiver.letGo(500)
  await late
  expect(await deliveryOf(deliveryId)).toMatchObject({ state: 'DELIVERED', attempts: 2, lastStatus: 200 })
})
