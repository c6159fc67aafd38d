import { Redis } from 'ioredis'
import { expect, test } from 'vitest'

import { createTestRedis } from './test-redis.ts'

test('twenty test databases taken at once are twenty different, empty ones', async () => {
  const taken = await Promise.all(Array.from({ length: 20 }, () => createTestRedis()))
  expect(new Set(taken.map((redis) => redis.database)).size).toBe(20)
  for (const { url, database } of taken) {
    const client = new Redis(url)
    expect(await client.dbsize()).toBe(0)
    await client.set('mine', database)
    client.disconnect()
  }
  await Promise.all(taken.map((redis) => redis.drop()))
})

test('a key in one test database is not in another, and the number of an ended process is taken over', async () => {
  const first = await createTestRedis()
  const client = new Redis(first.url)
  await client.set('key', 'value')
  const second = await createTestRedis()
  await client.select(second.database)
  expect(await client.get('key')).toBeNull()
  await second.drop()

  // No process has this pid: Linux counts to 2^22.
  await client.select(0)
  await client.set(`lease:${second.database}`, '4194305')
  expect((await createTestRedis()).database).toBe(second.database)
  client.disconnect()
})

test('FLUSHALL is refused, so no test file can empty the database of another', async () => {
  const redis = await createTestRedis()
  const client = new Redis(redis.url)
  await expect(client.flushall()).rejects.toThrow('unknown command')
  await expect(client.flushdb()).resolves.toBe('OK')
  client.disconnect()
})
