import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'

import { type DataFolder, openDataFolder, removeDataFolder } from './data-folder.ts'
import { identifyProcess } from './process-identity.ts'
import { type PostgresServer, startPostgres, waitUntilPostgresIsOurs } from './start-postgres.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

function openData(): DataFolder {
  const data = openDataFolder(makeTemporaryFolder())
  onTestFinished(() => removeDataFolder(data))
  return data
}

async function start(data: DataFolder, port?: number): Promise<PostgresServer> {
  const server = await startPostgres({
    data,
    onLine: () => undefined,
    ...(port === undefined ? {} : { port }),
  })
  onTestFinished(server.stop)
  return server
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  // Some of these servers are killed under it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('what was committed is there after kill -9, on the same port', async () => {
  const data = openData()
  const server = await start(data)
  await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS n')
  server.kill('SIGKILL')
  await server.exited
  const again = await start(data, server.port)
  expect(again.url).toBe(server.url)
  expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
})

test('a server that a killed launcher left behind is stopped, its data kept', async () => {
  const data = openData()
  const left = await start(data)
  await ask(left.url, 'CREATE TABLE kept AS SELECT 42 AS n')
  const next = await start(data)
  expect(identifyProcess(left.pid)).toBeUndefined()
  expect(await left.exited).toEqual({ code: 0, signal: null })
  expect(await ask(next.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
})

test('another Postgres that answers on the port is not taken for ours, even with our password', async () => {
  const other = await start(openData())
  const stillAlive = new Promise<never>(() => undefined)
  const claimed = { ...other, exited: stillAlive }
  await expect(waitUntilPostgresIsOurs(claimed, '/our/own/folder')).rejects.toThrow(
    `another Postgres answers on port ${other.port}`,
  )
  // With no such check it would have been: it answers, and takes the password.
  expect(await ask(other.adminUrl, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }])
})

test('a Postgres that dies at start is one clear sentence', async () => {
  const data = openData()
  await (await start(data)).stop()
  writeFileSync(join(data.folderFor('postgres'), 'data', 'postgresql.conf'), 'no_such_setting = on\n')
  await expect(start(data)).rejects.toThrow(/^Postgres died at start: it exited with 1: .*no_such_setting/)
})

test('a port that something else has is one clear sentence', async () => {
  const other = createServer((socket) => socket.end())
  const port = await new Promise<number>((resolve, reject) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
  onTestFinished(() => {
    other.close()
  })
  await expect(start(openData(), port)).rejects.toThrow(/^Postgres died at start: .*Address already in use/)
})

test.runIf(process.platform === 'linux')(
  'the password is on no command line and in no file left behind',
  async () => {
    const data = openData()
    const server = await start(data)
    expect(existsSync(join(data.folderFor('postgres'), 'password'))).toBe(false)
    expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(data.secrets.postgresPassword)
  },
)

test.runIf(process.getuid?.() === 0)(
  'as root it runs under another account, below a closed folder too',
  async () => {
    const closed = makeTemporaryFolder()
    const data = openDataFolder(join(closed, 'data'))
    onTestFinished(() => removeDataFolder(data))
    const server = await start(data)
    const owner = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))
    expect(Number(owner?.[1])).not.toBe(0)
    expect(existsSync(join(data.path, 'postgres', 'data'))).toBe(true)
  },
)
