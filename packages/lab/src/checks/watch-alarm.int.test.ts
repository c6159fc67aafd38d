import { createTestDatabase } from '@greenroom/stack'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { watchAlarm } from './watch-alarm.ts'

type Ask = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

async function openDatabase(): Promise<{ query: Ask }> {
  const database = await createTestDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  onTestFinished(async () => {
    await pool.end()
    await database.drop()
  })
  return {
    query: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
  }
}

async function store({ query }: { query: Ask }, violations: object[]): Promise<void> {
  await query(
    "insert into invariant_checks (cost, oracles, violations, took_ms) values ('cheap', '{any}', $1, 1)",
    [JSON.stringify(violations)],
  )
}

const broken = { oracle: 'one-owner-per-seat', fault: 'seat 7 has two' }

test('an alarm of the product is found, once, and one that is older than the watching is not', async () => {
  const database = await openDatabase()
  await store(database, [broken])
  const readAlarm = await watchAlarm(database)
  expect(await readAlarm()).toEqual({ checks: 0, violations: [] })
  await store(database, [])
  expect(await readAlarm()).toEqual({ checks: 1, violations: [] })
  await store(database, [broken])
  expect(await readAlarm()).toMatchObject({
    checks: 1,
    violations: [{ oracle: 'no-false-alarm', fault: expect.stringContaining('seat 7 has two') }],
  })
  expect(await readAlarm()).toEqual({ checks: 0, violations: [] })
})

test('that something waits while nobody works is no false alarm', async () => {
  const database = await openDatabase()
  const readAlarm = await watchAlarm(database)
  await store(database, [{ oracle: 'every-seat-change-is-published', fault: 'outbox row 1 waits' }])
  expect(await readAlarm()).toEqual({ checks: 1, violations: [] })
})

test('a show that is stopped is found for as long as it is', async () => {
  const database = await openDatabase()
  await database.query(
    `with concert as (
       insert into concerts (title, artist, about, venue, time_zone) values ('{}', 'a', '{}', '{}', 'UTC') returning id
     ), plan as (
       insert into seat_plans (name, geometry_hash, geometry, document, categories, seat_count)
       values ('p', 'h', '', '{}', '[]', 1) returning id
     )
     insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count, stopped_by)
     select concert.id, plan.id, now(), 1, 1, 'one-owner-per-seat' from concert, plan`,
  )
  await database.query(
    "insert into sale_stops (show_id, oracle, fault) select id, stopped_by, 'seat 7 has two' from shows",
  )
  const readAlarm = await watchAlarm(database)
  const stopped = {
    oracle: 'no-show-is-stopped',
    fault: expect.stringMatching(/one-owner-per-seat: seat 7 has two$/),
  }
  expect((await readAlarm()).violations).toMatchObject([stopped])
  expect((await readAlarm()).violations).toMatchObject([stopped])
  await database.query('update shows set stopped_by = null')
  expect((await readAlarm()).violations).toEqual([])
})
