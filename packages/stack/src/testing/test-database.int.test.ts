import { Client } from 'pg'
import { expect, test } from 'vitest'

import { createDemoDatabase, createTestDatabase } from './test-database.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('two test databases share nothing', async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await ask(first.url, 'CREATE TABLE only_here (id int)')
  expect(await ask(first.url, `SELECT to_regclass('only_here') IS NULL AS missing`)).toEqual([
    { missing: false },
  ])
  expect(await ask(second.url, `SELECT to_regclass('only_here') IS NULL AS missing`)).toEqual([
    { missing: true },
  ])
})

test('the lines of a demo database open as long after it was made as after seeding, however old the template', async () => {
  const earlier = await createDemoDatabase()
  const [begun] = await ask(earlier.url, 'SELECT clock_timestamp()::text AS at')
  const { url } = await createDemoDatabase()
  const since = `BETWEEN '${String(Reflect.get(Object(begun), 'at'))}' AND clock_timestamp()`
  expect(
    await ask(
      url,
      `SELECT concert_id::int AS id, lobby_opens_at IS NOT NULL AS lobby, coalesce(lobby_opens_at, opens_at) ${since} AS new,
              (opens_at - interval '10 minutes') ${since} AS later
       FROM lines ORDER BY concert_id`,
    ),
  ).toEqual([
    { id: 1, lobby: false, new: true, later: false },
    { id: 2, lobby: false, new: true, later: false },
    { id: 3, lobby: true, new: true, later: true },
  ])
})

test('a dropped test database is gone, even with a connection open', async () => {
  const database = await createTestDatabase()
  const open = new Client({ connectionString: database.url })
  const ended = new Promise((resolve) => open.on('error', resolve))
  await open.connect()
  await database.drop()
  await ended
  await expect(ask(database.url, 'SELECT 1')).rejects.toThrow('does not exist')
})

test('who is leaving when it is dropped is not thrown out', async () => {
  const database = await createTestDatabase()
  const clients = Array.from({ length: 5 }, () => new Client({ connectionString: database.url }))
  const errors: unknown[] = []
  for (const client of clients) client.on('error', (error) => errors.push(error))
  await Promise.all(clients.map((client) => client.connect()))
  const leaving = setTimeout(() => void Promise.all(clients.map((client) => client.end())), 50)
  await database.drop()
  clearTimeout(leaving)
  expect(errors).toEqual([])
})

test('the application is no superuser and everything durable is on', async () => {
  const database = await createTestDatabase()
  expect(
    await ask(
      database.url,
      `SELECT current_setting('is_superuser') AS superuser, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages`,
    ),
  ).toEqual([{ superuser: 'off', fsync: 'on', commit: 'on', pages: 'on' }])
})

test('names in any script compare and change case the same on every system', async () => {
  const database = await createTestDatabase()
  expect(
    await ask(database.url, `SELECT upper('seoul é ж') AS upper, 'b' < 'é' AND 'é' < '가' AS ordered`),
  ).toEqual([{ upper: 'SEOUL É Ж', ordered: true }])
})
