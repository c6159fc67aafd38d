import { maxWebhookEndpoints, webhookEndpoint, webhookDeliveries } from '@greenroom/contract'
import { beforeEach, expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { inTransaction } from '../platform/database.ts'
import { changeMeets } from '../testing/blocked-rows.ts'
import { makeFan } from '../testing/make-fan.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { countEndpoints, insertEndpoint, lockEndpoints } from './endpoint-store.ts'
import {
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  replayDeadWebhooks,
  replayWebhook,
  rotateWebhookSecret,
  sendTestWebhook,
  switchWebhook,
} from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const url = 'https://partner.example/hook'
const register = () => registerReceiver(deps, { url }, { operatorId })

beforeEach(async () => {
  await deps.db.pool.query('update webhook_endpoints set removed_at = now() where removed_at is null')
})

test('there are never more than 20 endpoints, whoever registers at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 25 }, register))
  expect(valuesOf(outcomes)).toHaveLength(maxWebhookEndpoints)
  const refusal = { code: 'BAD_INPUT', details: { faults: [{ path: 'url' }] } }
  expect(refusalsOf(outcomes)).toMatchObject(Array.from({ length: 5 }, () => refusal))
  expect(await listWebhooks(deps)).toHaveLength(maxWebhookEndpoints)
})

test('who registers waits for whoever is about to', async () => {
  expect(await changeMeets(deps, lockEndpoints, lockEndpoints)).toBe('waits')
})

test('without taking turns two see room for one and both take it', async () => {
  for (let at = 1; at < maxWebhookEndpoints; at++) await register()
  const input = { url, description: '', eventTypes: ['reservation.paid' as const] }
  await inTransaction(deps.db, async (one) => {
    expect(await countEndpoints(one)).toBe(maxWebhookEndpoints - 1)
    await insertEndpoint(one, input)
    await inTransaction(deps.db, async (other) => {
      expect(await countEndpoints(other)).toBe(maxWebhookEndpoints - 1)
      await insertEndpoint(other, input)
    })
  })
  expect(await listWebhooks(deps)).toHaveLength(maxWebhookEndpoints + 1)
})

test('every deed of an operator is written down with its name, and no secret in it', async () => {
  const { endpointId, secret } = await register()
  const input = { operatorId, endpointId }
  const rotated = await rotateWebhookSecret(deps, input)
  const { deliveryId } = await sendTestWebhook(deps, input)
  await deps.db.pool.query("update webhook_deliveries set state = 'DEAD' where id = $1", [deliveryId])
  await replayWebhook(deps, { operatorId, deliveryId })
  await replayDeadWebhooks(deps, input)
  await switchWebhook(deps, { ...input, isOn: false })
  await switchWebhook(deps, { ...input, isOn: true })
  await removeWebhook(deps, input)
  const audit = await listAudit(deps)
  const own = audit.filter(({ target }) =>
    [`webhook endpoint ${endpointId}`, `webhook delivery ${deliveryId}`].includes(target),
  )
  expect(own.map(({ action }) => action).toReversed()).toEqual([
    'webhook.register',
    'webhook.rotateSecret',
    'webhook.test',
    'webhook.replay',
    'webhook.replayDead',
    'webhook.switchOff',
    'webhook.switchOn',
    'webhook.remove',
  ])
  expect(JSON.stringify(audit)).not.toContain(secret)
  expect(JSON.stringify(audit)).not.toContain(rotated.secret)
})

test('what an operator reads is what the contract says, a page at a time', async () => {
  const { endpointId } = await register()
  const sent = []
  for (let at = 0; at < 5; at++)
    sent.push((await sendTestWebhook(deps, { operatorId, endpointId })).deliveryId)
  for (const endpoint of await listWebhooks(deps)) webhookEndpoint.parse(endpoint)
  const first = webhookDeliveries.parse(await listWebhookDeliveries(deps, { endpointId, limit: 3 }))
  const beforeId = first.nextBeforeId ?? undefined
  const rest = webhookDeliveries.parse(await listWebhookDeliveries(deps, { endpointId, beforeId, limit: 3 }))
  expect([...first.deliveries, ...rest.deliveries].map(({ deliveryId }) => deliveryId)).toEqual(
    sent.toReversed(),
  )
  expect(rest.nextBeforeId).toBeNull()
})

test('deliveries of several endpoints and states come in one order, page after page; a filter leaves the others out', async () => {
  const [{ endpointId: one }, { endpointId: other }] = [await register(), await register()]
  const made: { deliveryId: number; endpointId: number; state: string }[] = []
  for (const [endpointId, state] of [
    [one, 'PENDING'],
    [other, 'DEAD'],
    [one, 'DEAD'],
    [other, 'PENDING'],
    [one, 'PENDING'],
  ] as const) {
    const { deliveryId } = await sendTestWebhook(deps, { operatorId, endpointId })
    await deps.db.pool.query('update webhook_deliveries set state = $2 where id = $1', [deliveryId, state])
    made.unshift({ deliveryId, endpointId, state })
  }
  const first = await listWebhookDeliveries(deps, { limit: 2 })
  const beforeId = first.nextBeforeId ?? undefined
  const rest = await listWebhookDeliveries(deps, { beforeId, limit: 3 })
  expect([...first.deliveries, ...rest.deliveries]).toMatchObject(made)
  const listed = async (filter: { endpointId?: typeof one; state?: 'DEAD' }) =>
    (await listWebhookDeliveries(deps, { ...filter, limit: 2 })).deliveries.map((each) => each.deliveryId)
  const idsWhere = (matches: (each: (typeof made)[number]) => boolean) =>
    made.filter(matches).map((each) => each.deliveryId)
  expect(await listed({ state: 'DEAD' })).toEqual(idsWhere(({ state }) => state === 'DEAD'))
  expect(await listed({ endpointId: other })).toEqual(idsWhere(({ endpointId }) => endpointId === other))
  expect(await listed({ endpointId: one, state: 'DEAD' })).toEqual(
    idsWhere(({ endpointId, state }) => endpointId === one && state === 'DEAD'),
  )
})
