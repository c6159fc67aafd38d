import { createTestDatabase, createTestRedis, pickPort } from '@greenroom/stack'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createMoments, type Moments } from './moments.ts'
import { tapPostgres } from './postgres-tap.ts'
import { tapRedis } from './redis-tap.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let direct: pg.Pool
let proxy: TcpProxy
let moments: Moments

beforeAll(async () => {
  database = await createTestDatabase()
  direct = new pg.Pool({ connectionString: database.url, max: 2 })
  await direct.query('create table notes (text text)')
  moments = createMoments()
  const port = await pickPort()
  proxy = await startTcpProxy({
    targets: [Number(new URL(database.url).port)],
    port,
    tap: tapPostgres(moments),
  })
})
afterAll(async () => {
  await proxy.close()
  await direct.end()
  await database.drop()
})
beforeEach(async () => void (await direct.query('truncate notes')))

async function connectThroughProxy(): Promise<pg.Client> {
  const url = new URL(database.url)
  url.port = String(proxy.port)
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end().catch(() => undefined))
  return client
}

const readNotes = async (): Promise<unknown[]> => (await direct.query('select text from notes')).rows
const brokenRedis = /closed|max retries|ECONNRESET/
const insert = { name: 'insert-note', text: 'insert into notes values ($1)' }

test('cut between COMMIT and its reply: the client is told nothing, and the database has it', async () => {
  const client = await connectThroughProxy()
  await client.query('begin')
  await client.query({ ...insert, values: ['kept'] })
  const sprung = moments.spring({ moment: { name: 'commit', at: 'answered' }, act: () => undefined }, 5_000)
  await expect(client.query('commit')).rejects.toThrow(/terminated|ECONNRESET/)
  expect(await sprung).toBe(true)
  expect(await readNotes()).toEqual([{ text: 'kept' }])
})

test('cut when COMMIT is sent: it does not get there, and nothing is kept', async () => {
  const client = await connectThroughProxy()
  await client.query('begin')
  await client.query({ ...insert, values: ['gone'] })
  const sprung = moments.spring({ moment: { name: 'commit', at: 'sent' }, act: () => undefined }, 5_000)
  await expect(client.query('commit')).rejects.toThrow(/terminated|ECONNRESET/)
  expect(await sprung).toBe(true)
  expect(await readNotes()).toEqual([])
})

test('a named statement is met at its first use and at its later ones; others pass', async () => {
  for (const uses of [0, 2]) {
    const client = await connectThroughProxy()
    for (let use = 0; use < uses; use++) await client.query({ ...insert, values: ['before'] })
    let acts = 0
    const trap = { moment: { name: 'insert-note', at: 'sent' as const }, act: () => void (acts += 1) }
    const sprung = moments.spring(trap, 5_000)
    await client.query('select 1')
    await expect(client.query({ ...insert, values: ['now'] })).rejects.toThrow(/terminated|ECONNRESET/)
    expect(await sprung).toBe(true)
    expect(acts).toBe(1)
  }
  expect(await readNotes()).toEqual([{ text: 'before' }, { text: 'before' }])
})

test('a trap that nothing walks into is taken away', async () => {
  const client = await connectThroughProxy()
  const trap = { moment: { name: 'never', at: 'sent' as const }, act: () => undefined }
  expect(await moments.spring(trap, 50)).toBe(false)
  expect((await client.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('a Redis script is met by its name', async () => {
  const server = await createTestRedis()
  const toRedis = createMoments()
  const port = await pickPort()
  const hash = 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db'
  const nameOf = (sha: string): string | undefined => (sha === hash ? 'answer-one' : undefined)
  const line = await startTcpProxy({
    targets: [Number(new URL(server.url).port)],
    port,
    tap: tapRedis(toRedis, nameOf),
  })
  const url = new URL(server.url)
  url.port = String(port)
  const client = new Redis(url.href, { maxRetriesPerRequest: 0 })
  client.on('error', () => undefined)
  onTestFinished(async () => {
    client.disconnect()
    await line.close()
    await server.drop()
  })
  await client.set('counter', 0)
  const sprung = toRedis.spring({ moment: { name: 'incr', at: 'answered' }, act: () => undefined }, 5_000)
  await expect(client.incr('counter')).rejects.toThrow(brokenRedis)
  expect(await sprung).toBe(true)
  expect(await client.get('counter')).toBe('1')
  const script = toRedis.spring({ moment: { name: 'answer-one', at: 'sent' }, act: () => undefined }, 5_000)
  await expect(client.evalsha(hash, 0)).rejects.toThrow(brokenRedis)
  expect(await script).toBe(true)
})
