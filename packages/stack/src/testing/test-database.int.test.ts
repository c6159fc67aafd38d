import { Client } from 'pg'
import { expect, test } from 'vitest'

import { createTestDatabase } from './test-database.ts'

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
