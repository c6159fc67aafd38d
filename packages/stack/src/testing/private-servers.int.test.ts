import { Redis } from 'ioredis'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'

import { startPrivatePostgres, startPrivateRedis } from './private-servers.ts'
import { createTestDatabase } from './test-database.ts'

test('a private Redis may be flushed, killed and brought back under the same URL', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const client = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null })
  onTestFinished(() => client.disconnect())
  client.on('error', () => undefined)
  expect(await client.flushall()).toBe('OK')
  await server.kill()
  const answer = client.ping()
  await server.start()
  expect(await answer).toBe('PONG')
})

test('a private Postgres takes test databases, and keeps them through kill -9', async () => {
  const server = await startPrivatePostgres()
  onTestFinished(server.stop)
  const database = await createTestDatabase(server.url)
  await server.kill()
  await server.start()
  const client = new Client({ connectionString: database.url })
  await client.connect()
  expect((await client.query('SELECT 1 AS alive')).rows).toEqual([{ alive: 1 }])
  await client.end()
})
