import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'

import { type DataFolder, openDataFolder, removeDataFolder } from './data-folder.ts'
import { readStackEnv } from './env.ts'
import { findRedisServer } from './find-redis.ts'
import { identifyProcess } from './process-identity.ts'
import { type RedisServer, startRedis } from './start-redis.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

const program = findRedisServer(readStackEnv().path, () => undefined)

function openData(): DataFolder {
  const data = openDataFolder(makeTemporaryFolder())
  onTestFinished(() => removeDataFolder(data))
  return data
}

async function start(data: DataFolder, port?: number): Promise<RedisServer> {
  const server = await startRedis({
    program,
    data,
    databases: 16,
    refuseFlushAll: false,
    onLine: () => undefined,
    ...(port === undefined ? {} : { port }),
  })
  onTestFinished(server.stop)
  return server
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  // What fails here rejects the command too.
  client.on('error', () => undefined)
  try {
    return await work(client)
  } finally {
    client.disconnect()
  }
}

test('it never evicts, keeps an append-only file, and wants its password', async () => {
  const server = await start(openData())
  await withRedis(server.url, async (client) => {
    const told = JSON.stringify([
      await client.config('GET', 'maxmemory-policy'),
      await client.config('GET', 'appendonly'),
      await client.config('GET', 'appendfsync'),
    ])
    for (const value of ['noeviction', 'yes', 'everysec']) expect(told).toContain(value)
  })
  const stranger = withRedis(`redis://127.0.0.1:${server.port}/0`, (client) => client.ping())
  await expect(stranger).rejects.toThrow('NOAUTH')
})

test('what was written is there after a stop and after a second start on the same port', async () => {
  const data = openData()
  const server = await start(data)
  await withRedis(server.url, (client) => client.set('kept', '42'))
  await server.stop()
  const again = await start(data, server.port)
  expect(again.url).toBe(server.url)
  expect(await withRedis(again.url, (client) => client.get('kept'))).toBe('42')
})

test('a server that a killed launcher left behind is stopped, its data kept', async () => {
  const data = openData()
  const left = await start(data)
  await withRedis(left.url, (client) => client.set('kept', '42'))
  const next = await start(data)
  expect(identifyProcess(left.pid)).toBeUndefined()
  expect(await withRedis(next.url, (client) => client.get('kept'))).toBe('42')
})

test('another Redis that answers on the port is not taken for ours, even with our password', async () => {
  const data = openData()
  const ours = await start(data)
  await withRedis(ours.url, (client) => client.set('kept', '42'))
  const impostor = openDataFolder(makeTemporaryFolder())
  onTestFinished(() => removeDataFolder(impostor))
  impostor.secrets.redisPassword = data.secrets.redisPassword
  await expect(start(impostor, ours.port)).rejects.toThrow(
    /another Redis answers on port|Redis died at start: .*[Aa]ddress already in use/,
  )
  expect(await withRedis(ours.url, (client) => client.get('kept'))).toBe('42')
})
