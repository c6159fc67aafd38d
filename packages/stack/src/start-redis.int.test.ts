import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'

import { type DataFolder, openDataFolder, removeDataFolder } from './data-folder.ts'
import { readStackEnv } from './env.ts'
import { findRedisServer } from './find-redis.ts'
import { identifyProcess } from './process-identity.ts'
import { type RedisServer, startRedis, waitUntilRedisIsOurs } from './start-redis.ts'
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
  const other = await start(openData())
  const stillAlive = new Promise<never>(() => undefined)
  const claimed = { ...other, pid: process.pid, exited: stillAlive }
  await expect(waitUntilRedisIsOurs(claimed)).rejects.toThrow(
    `another Redis answers on port ${other.port}: process ${other.pid}, not our ${process.pid}`,
  )
  // With no such check it would have been: it answers, and takes the password.
  expect(await withRedis(other.url, (client) => client.ping())).toBe('PONG')
})

test('a port that another Redis has is one clear sentence, and that one is left alone', async () => {
  const other = await start(openData())
  await withRedis(other.url, (client) => client.set('kept', '42'))
  await expect(start(openData(), other.port)).rejects.toThrow(/^(Redis died at start|another Redis answers)/)
  expect(await withRedis(other.url, (client) => client.get('kept'))).toBe('42')
})
