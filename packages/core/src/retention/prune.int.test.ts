import { randomUUID } from 'node:crypto'
import { webhookDeliveryId } from '@greenroom/contract'
import type { QueryConfig, QueryResult } from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { checkInvariants } from '../invariants/index.ts'
import { pay } from '../payments/index.ts'
import { inTransaction, sqlState, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from '../testing/as-owner.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { charge, withIdempotency } from '../wallet/index.ts'
import { feedDataPlatform, listWebhookDeliveries, relayEvents, replayWebhook } from '../webhooks/index.ts'
import { prune } from './index.ts'

const deps = await createTestDeps()
const fanId = await makeFan(deps)
const { endpointId } = await registerReceiver(
  deps,
  { url: 'https://partner.example/hook' },
  { operatorId: fanId },
)

const owner = (text: string, values: unknown[] = []): Promise<QueryResult> =>
  asOwner(deps, (tx) => tx.query(text, values))

beforeEach(async () => {
  await owner(
    'truncate sessions, idempotency_keys, webhook_deliveries, events, invariant_checks, sale_samples',
  )
  await owner('update event_relay set last_position = 0')
  await owner('update data_platform_progress set last_position = 0')
})

async function insertSession(expired: string, revoked: string | null = null): Promise<void> {
  await owner(
    `insert into sessions (account_id, created_at, expires_at, revoked_at)
     values ($1, now() - interval '40 days', now() - $2::interval, now() - $3::interval)`,
    [fanId, expired, revoked],
  )
}

async function insertKeys(age: string, count = 1, command = 'pay'): Promise<void> {
  await owner(
    `insert into idempotency_keys (fan_id, key, command, body_hash, reply, created_at)
     select $1, gen_random_uuid(), $3, 'hash', '{}', now() - $2::interval from generate_series(1, $4)`,
    [fanId, age, command, count],
  )
}

/** Events that the relay has numbered; the data platform has as much as `noteFed` says. Returns their ids. */
async function insertEvents(age: string, count: number): Promise<number[]> {
  return await inTransaction(deps.db, async (tx) => {
    const { rows } = await tx.query<{ id: number }>(
      `insert into events (type, data, created_at, position)
       select 'reservation.paid', '{}', now() - $1::interval, last_position + n
       from event_relay, generate_series(1, $2) n order by n returning id`,
      [age, count],
    )
    await tx.query('update event_relay set last_position = last_position + $1', [count])
    return rows.map((row) => row.id)
  })
}

const noteFed = (position: number): Promise<unknown> =>
  owner('update data_platform_progress set last_position = $1', [position])

type State = 'PENDING' | 'DELIVERED' | 'DEAD'

async function insertDelivery(eventId: number | undefined, state: State, age: string): Promise<number> {
  const { rows } = await deps.db.pool.query<{ id: number }>(
    `insert into webhook_deliveries (event_id, endpoint_id, state, created_at, next_attempt_at, delivered_at)
     values ($1, $2, $3, now() - interval '400 days', now() - $4::interval,
             case when $3 = 'DELIVERED' then now() - $4::interval end) returning id`,
    [eventId, endpointId, state, age],
  )
  return rows[0]?.id ?? 0
}

async function idsOf(table: 'events' | 'webhook_deliveries' | 'sessions'): Promise<number[]> {
  const { rows } = await deps.db.pool.query<{ id: number }>(`select id from ${table} order by id`)
  return rows.map((row) => row.id)
}

async function keysLeft(): Promise<number> {
  const { rows } = await deps.db.pool.query<{ count: number }>(
    'select count(*)::int as count from idempotency_keys',
  )
  return rows[0]?.count ?? 0
}

test('a session goes 30 days after it has expired, not before, and not while its token could still be shown', async () => {
  await insertSession('31 days')
  await insertSession('33 days', '40 days')
  await insertSession('29 days')
  await insertSession('1 day', '31 days')
  await insertSession('-6 days', '31 days')
  await insertSession('-6 days')
  const all = await idsOf('sessions')
  expect(await prune(deps)).toMatchObject({ sessions: 2 })
  expect(await idsOf('sessions')).toEqual(all.slice(2))
  expect(await prune(deps)).toMatchObject({ sessions: 0 })
})

test('a key goes after 30 days, that of a charge never; what it replied does not depend on it', async () => {
  await insertKeys('31 days', 3)
  await insertKeys('29 days', 2)
  await insertKeys('4000 days', 1, 'charge')
  expect(await prune(deps)).toMatchObject({ idempotency_keys: 3 })
  expect(await keysLeft()).toBe(3)
})

test('a delivery goes 30 days after it was made or given up; one that is pending stays, however old', async () => {
  const events = await insertEvents('400 days', 6)
  await insertDelivery(events[0], 'DELIVERED', '31 days')
  await insertDelivery(events[1], 'DEAD', '31 days')
  const kept = [
    await insertDelivery(events[2], 'DELIVERED', '29 days'),
    await insertDelivery(events[3], 'DEAD', '29 days'),
    await insertDelivery(events[4], 'PENDING', '399 days'),
  ]
  expect(await prune(deps)).toMatchObject({ webhook_deliveries: 2, events: 0 })
  expect(await idsOf('webhook_deliveries')).toEqual(kept)
  // an operator may have it sent again until then, and that is as good as new
  const deliveryId = webhookDeliveryId.parse(kept[0])
  await replayWebhook(deps, { operatorId: fanId, deliveryId })
  await owner("update webhook_deliveries set next_attempt_at = now() - interval '31 days'")
  await prune(deps)
  expect((await listWebhookDeliveries(deps, { state: 'PENDING', limit: 9 })).deliveries).toHaveLength(2)
})

test('an event goes when it is 30 days old, the data platform has it and no delivery names it; the newest 1,000 stay', async () => {
  const old = await insertEvents('31 days', 10)
  const young = await insertEvents('29 days', 1_000)
  await insertDelivery(old[2], 'PENDING', '31 days')
  await insertDelivery(old[3], 'DELIVERED', '1 day')
  await insertDelivery(old[4], 'DEAD', '31 days')
  await noteFed(8)
  expect(await prune(deps)).toMatchObject({ webhook_deliveries: 1, events: 6 })
  const left = [old[2], old[3], old[8], old[9]]
  expect(await idsOf('events')).toEqual([...left, ...young])
  await noteFed(1_010)
  expect(await prune(deps)).toMatchObject({ events: 2 })
  await owner("update events set created_at = now() - interval '31 days'")
  expect(await prune(deps)).toMatchObject({ events: 0 })
  await owner('insert into events (type, data, created_at) select type, data, created_at from events')
  expect(await prune(deps)).toMatchObject({ events: 0 })
})

test('events that are needed hide none that come after them, and a run stays within its bound', async () => {
  const needed = await insertEvents('31 days', 30)
  for (const eventId of needed) await insertDelivery(eventId, 'PENDING', '31 days')
  await insertEvents('31 days', 1_050)
  await insertEvents('1 day', 1_000)
  await noteFed(3_000)
  await insertKeys('31 days', 1_050)
  expect(await prune(deps, { rowsAtOnce: 10 })).toMatchObject({ events: 1_000, idempotency_keys: 1_000 })
  expect(await prune(deps, { rowsAtOnce: 10 })).toMatchObject({ events: 50, idempotency_keys: 50 })
  expect((await idsOf('events')).slice(0, 30)).toEqual(needed)
})

/** Samples of one sale, so many seconds before the present minute. */
async function insertSamples(concertId: number, agesSeconds: number[]): Promise<void> {
  await owner(
    `insert into sale_samples (concert_id, sampled_at, available, held, sold, revenue_minor, entered, paid)
     select $1, date_bin('1 minute', now(), timestamptz 'epoch') - make_interval(secs => age), 0, 0, 0, 0, 0, 0
     from unnest($2::float8[]) age`,
    [concertId, agesSeconds],
  )
}

async function sampleAges(): Promise<number[]> {
  const { rows } = await deps.db.pool.query<{ age: number }>(
    `select extract(epoch from date_bin('1 minute', now(), timestamptz 'epoch') - sampled_at)::int as age
     from sale_samples order by concert_id, sampled_at`,
  )
  return rows.map((row) => row.age)
}

const [hourSeconds, daySeconds] = [3_600, 86_400]

test('of samples older than six hours the first of each minute stays, for 30 days; doubled or begun again, the same', async () => {
  const [{ concertId }, other] = [await makeShow(deps), await makeShow(deps)]
  const thinned = 8 * hourSeconds
  const wholeMinute = Array.from({ length: 12 }, (_, at) => thinned - at * 5)
  const [begun, next] = [7 * hourSeconds + 110, 7 * hourSeconds + 105]
  const kept = [29 * daySeconds, thinned, begun, 5 * hourSeconds, 5 * hourSeconds - 5]
  await insertSamples(concertId, [...wholeMinute, ...kept.filter((age) => age !== thinned), next])
  await insertSamples(concertId, [31 * daySeconds, 30 * daySeconds + 70])
  await insertSamples(other.concertId, [thinned - 5])
  // batches that end in the middle of a minute
  expect(await prune(deps, { rowsAtOnce: 5 })).toMatchObject({ sale_samples: 2 + 11 + 1 })
  expect(await sampleAges()).toEqual([...kept, thinned - 5])
  await insertSamples(concertId, [thinned - 25, 6.5 * hourSeconds + 30, 6.5 * hourSeconds + 5])
  const runs = await Promise.all([prune(deps), prune(openProcess(deps))])
  expect(runs.reduce((sum, run) => sum + run.sale_samples, 0)).toBe(2)
  const late = [...kept, 6.5 * hourSeconds + 30].toSorted((a, b) => b - a)
  expect(await sampleAges()).toEqual([...late, thinned - 5])
  expect(await prune(deps)).toMatchObject({ sale_samples: 0 })
})

test('the app can remove nothing that is young: not itself, not by asking for more, not by making it old', async () => {
  await insertSession('29 days')
  await insertKeys('29 days')
  const [event] = await insertEvents('29 days', 1_001)
  await insertDelivery(event, 'DELIVERED', '29 days')
  await noteFed(1_001)
  await deps.db.pool.query(
    "insert into invariant_checks (cost, oracles, violations, took_ms) values ('cheap', '{x}', '[]', 0)",
  )
  await insertSamples((await makeShow(deps)).concertId, [5.9 * hourSeconds, 5.9 * hourSeconds - 5])
  const tables = ['sessions', 'idempotency_keys', 'webhook_deliveries', 'events', 'sale_samples']
  const refused = [
    ...tables.map((table) => `delete from ${table}`),
    "update sessions set expires_at = now() - interval '1 year'",
    "update idempotency_keys set created_at = now() - interval '1 year'",
    "update events set created_at = now() - interval '1 year'",
    "update invariant_checks set checked_at = now() - interval '1 year'",
    "update sale_samples set sampled_at = sampled_at - interval '1 year'",
    'alter table invariant_checks disable row level security',
    'create or replace function forget_sessions(most integer) returns integer language sql as $$ select 1 $$',
  ]
  for (const text of refused) expect(await deps.db.pool.query(text).then(() => text, sqlState)).toBe('42501')
  for (const table of ['sessions', 'idempotency_keys', 'webhook_deliveries'])
    expect((await deps.db.pool.query(`select forget_${table}(1000000) as n`)).rows).toEqual([{ n: 0 }])
  expect((await deps.db.pool.query('select forgotten from forget_sale_samples(1000000)')).rows).toEqual([
    { forgotten: 0 },
  ])
  expect((await deps.db.pool.query('select forgotten from forget_events(0, 1000000)')).rows).toEqual([
    { forgotten: 0 },
  ])
  expect(await deps.db.pool.query('delete from invariant_checks')).toMatchObject({ rowCount: 0 })
  await owner("update invariant_checks set checked_at = now() - interval '8 days'")
  expect(await deps.db.pool.query('delete from invariant_checks')).toMatchObject({ rowCount: 1 })
})

test('guard off: the owner of the tables could, young or not', async () => {
  await insertSession('29 days')
  expect(await owner('delete from sessions')).toMatchObject({ rowCount: 1 })
})

test('two workers at once forget each row once, and wait neither for each other nor for a row that somebody has', async () => {
  await insertKeys('31 days', 1_000)
  const [busy] = (
    await deps.db.pool.query<{ key: string }>('select key from idempotency_keys order by key limit 1')
  ).rows
  const other = openProcess(deps)
  const forgotten = await inTransaction(deps.db, async (tx) => {
    await tx.query('select from idempotency_keys where key = $1 for update', [busy?.key])
    const runs = await Promise.all([deps, other].map((its) => prune(its, { rowsAtOnce: 100 })))
    return runs.reduce((sum, run) => sum + run.idempotency_keys, 0)
  })
  expect(forgotten).toBe(999)
  expect(await prune(deps)).toMatchObject({ idempotency_keys: 1 })
})

test('killed after any of its statements, what is left goes with the next run, and nothing young has gone', async () => {
  for (let last = 0; last <= 6; last++) {
    await insertKeys('31 days', 30)
    await insertKeys('29 days', 1)
    await expect(prune(dyingDeps(last), { rowsAtOnce: 10 })).rejects.toThrow('not all that is old')
    await prune(deps)
    expect(await keysLeft()).toBe(last + 1)
  }
})

test('what fails keeps nothing else from being forgotten', async () => {
  await insertSession('31 days')
  await insertKeys('31 days', 1)
  await owner('alter function forget_sessions rename to forgotten')
  try {
    await expect(prune(deps)).rejects.toThrow('not all that is old')
  } finally {
    await owner('alter function forgotten rename to forget_sessions')
  }
  expect(await keysLeft()).toBe(0)
})

test('forgetting breaks no invariant that is checked each minute; forgetting the keys of charges, too, would', async () => {
  const show = await makeShow(deps)
  for (const seatId of show.seatIds.slice(0, 3)) {
    const buyer = await makeFan(deps)
    await charge(deps, { fanId: buyer, amountMinor: 100_000, idempotencyKey: randomUUID() })
    const reservationId = await insertHold(deps, { fanId: buyer, show, seatIds: [seatId] })
    await pay(deps, { fanId: buyer, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  }
  await relayEvents(deps)
  await feedDataPlatform(deps)
  for (const table of ['events', 'idempotency_keys', 'webhook_deliveries'])
    await owner(`update ${table} set created_at = now() - interval '31 days'`)
  await owner("update webhook_deliveries set state = 'DEAD', next_attempt_at = now() - interval '31 days'")
  const broken = async (): Promise<string[]> =>
    (await checkInvariants(deps, { cost: 'cheap' })).violations.map(({ oracle }) => oracle)
  expect(await broken()).toEqual([])
  expect(await prune(deps)).toMatchObject({ idempotency_keys: 3, webhook_deliveries: 3, events: 0 })
  for (const { fan_id: buyer } of (await owner('select distinct fan_id from idempotency_keys')).rows)
    await charge(deps, { fanId: buyer, amountMinor: 1, idempotencyKey: randomUUID() })
  expect(await broken()).toEqual([])
  await owner("delete from idempotency_keys where created_at < now() - interval '30 days'")
  expect(new Set(await broken())).toEqual(new Set(['one-effect-per-key']))
})

test('a key that is forgotten while its command looks it up is a new one', async () => {
  await insertKeys('31 days', 1)
  const { rows } = await deps.db.pool.query<{ key: string }>('select key from idempotency_keys')
  const attempt = { fanId, key: rows[0]?.key ?? '', command: 'pay', body: {}, reply: z.string() }
  const reply = await inTransaction(deps.db, (tx) => {
    const forgetful = new Proxy(tx, {
      get: (target, property) => {
        if (property !== 'query') return Reflect.get(target, property)
        return async (statement: QueryConfig): Promise<unknown> => {
          const result = await target.query(statement)
          if (statement.name === 'claim-idempotency-key') await prune(deps)
          return result
        }
      },
    })
    return withIdempotency(forgetful satisfies Tx, attempt, () => Promise.resolve('done anew'))
  })
  expect(reply).toBe('done anew')
})

/** The same database, for a process that dies after so many statements. */
function dyingDeps(statements: number): Deps {
  let sent = 0
  const pool = new Proxy(deps.db.pool, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (property !== 'query' && property !== 'connect') return value.bind(target)
      return (...args: unknown[]): unknown => {
        if (sent++ >= statements) throw new Error('this process is dead')
        return Reflect.apply(value, target, args)
      }
    },
  })
  return { ...deps, db: { ...deps.db, pool } }
}
