import { randomUUID } from 'node:crypto'
import { type WebhookEventType, webhookExamples } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { inTransaction } from '../platform/database.ts'
import { countWaiting } from '../testing/blocked-rows.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { lockRelayText, numberAndFanOutText } from './event-store.ts'
import { recordEvents, relayEvents, removeWebhook, sendTestWebhook, switchWebhook } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const show = await makeShow(deps, { seatCount: 50 })
const url = 'https://partner.example/hook'

async function tell(type: WebhookEventType, count = 1): Promise<void> {
  for (let event = 0; event < count; event++)
    await inTransaction(deps.db, (tx) => recordEvents(tx, [webhookExamples[type]]))
}

async function deliveriesOf(endpointId: number): Promise<Record<string, number>> {
  const { rows } = await deps.db.pool.query<{ type: string; count: number }>(
    `select type, count(*)::int as count from webhook_deliveries join events on events.id = event_id
     where endpoint_id = $1 group by type`,
    [endpointId],
  )
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]))
}

async function positions(): Promise<number[]> {
  const { rows } = await deps.db.pool.query<{ position: number }>('select position from events order by id')
  return rows.map((row) => row.position)
}

test('each endpoint gets what it asked for, once, however many relays run, and the positions have no gap', async () => {
  await tell('reservation.paid')
  const { endpointId: paid } = await registerReceiver(
    deps,
    { url },
    { operatorId, eventTypes: ['reservation.paid'] },
  )
  const { endpointId: all } = await registerReceiver(deps, { url }, { operatorId })
  const { endpointId: off } = await registerReceiver(deps, { url }, { operatorId })
  await switchWebhook(deps, { operatorId, endpointId: off, isOn: false })
  const other = openProcess(deps)
  const relaying = Promise.all(
    Array.from({ length: 10 }, async (_, at) => {
      for (let round = 0; round < 20; round++) await relayEvents(at % 2 === 0 ? deps : other)
    }),
  )
  await Promise.all(Array.from({ length: 6 }, () => tell('reservation.paid', 20)))
  await tell('reservation.expired', 30)
  await relaying
  await relayEvents(deps)
  await sendTestWebhook(deps, { operatorId, endpointId: paid })
  await relayEvents(deps)
  // the event of before their time is not for them
  expect(await deliveriesOf(paid)).toEqual({ 'reservation.paid': 120, 'webhook.test': 1 })
  expect(await deliveriesOf(all)).toEqual({ 'reservation.paid': 120, 'reservation.expired': 30 })
  expect(await deliveriesOf(off)).toEqual({})
  const numbers = await positions()
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 152 }, (_, at) => at + 1))
  for (const endpointId of [paid, all, off]) await removeWebhook(deps, { operatorId, endpointId })
})

test('an endpoint gets what happened while it was on, and nothing else, whether the relay has been there or not', async () => {
  const { endpointId } = await registerReceiver(deps, { url }, { operatorId })
  const turn = (isOn: boolean) => switchWebhook(deps, { operatorId, endpointId, isOn })
  await tell('reservation.paid', 2)
  await turn(false)
  await tell('reservation.expired', 3)
  await turn(true)
  await tell('payment.refunded', 4)
  await relayEvents(deps)
  expect(await deliveriesOf(endpointId)).toEqual({ 'reservation.paid': 2, 'payment.refunded': 4 })
  await removeWebhook(deps, { operatorId, endpointId })
})

test('what happens to one reservation keeps its order, however the relay comes in between', async () => {
  const running = new AbortController()
  const relaying = (async () => {
    while (!running.signal.aborted) await relayEvents(deps)
  })()
  const bought = show.seatIds.slice(0, 20).map(async (seatId) => {
    const buyer = await makeRichFan(deps)
    const reservationId = await insertHold(deps, { fanId: buyer, show, seatIds: [seatId] })
    await pay(deps, { fanId: buyer, reservationIds: [reservationId], idempotencyKey: randomUUID() })
    await refund(deps, { fanId: buyer, reservationId, idempotencyKey: randomUUID() })
    return reservationId
  })
  const reservationIds = await Promise.all(bought)
  running.abort()
  await relaying
  await relayEvents(deps)
  const { rows } = await deps.db.pool.query<{ types: string[] }>(
    `select array_agg(type order by position) as types from events
     where (data ->> 'reservationId')::bigint = any($1) group by data ->> 'reservationId'`,
    [reservationIds],
  )
  expect(rows).toEqual(reservationIds.map(() => ({ types: ['reservation.paid', 'payment.refunded'] })))
})

test('without their lock two relays number the same events, and positions are lost', async () => {
  const lastOf = async (): Promise<number> =>
    (await deps.db.pool.query<{ last: number }>('select last_position as last from event_relay')).rows[0]
      ?.last ?? 0
  const meet = async (lockText: string): Promise<number> => {
    await relayEvents(deps)
    const before = await lastOf()
    await tell('reservation.paid', 3)
    const [one, other] = [await deps.db.pool.connect(), await deps.db.pool.connect()]
    for (const tx of [one, other]) await tx.query('begin')
    await one.query(lockText)
    await one.query(numberAndFanOutText, [500])
    const second = (async () => {
      await other.query(lockText)
      await other.query(numberAndFanOutText, [500])
    })()
    await expect.poll(() => countWaiting(deps), { interval: 5 }).toBe(1)
    await one.query('commit')
    await second
    await other.query('commit')
    for (const tx of [one, other]) tx.release()
    return (await lastOf()) - before
  }
  expect(await meet(lockRelayText)).toBe(3)
  expect(await meet(textWithout(lockRelayText, { ' for update': '' }))).toBe(6)
})
