import { createServer } from 'node:net'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { takeInstanceLock } from './instance-lock.ts'
import { pickPort } from './ports.ts'
import { type NodeRun, spawnNode } from './testing/spawn-node.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

const main = join(import.meta.dirname, 'main.ts')

async function start(env: Record<string, string>): Promise<NodeRun> {
  return await spawnNode([main, 'start'], { PATH: process.env['PATH'], ...env })
}

test('a second start in the same folder is one clear line and a non-zero exit', async () => {
  const folder = makeTemporaryFolder()
  const lock = takeInstanceLock(folder)
  onTestFinished(() => lock?.release())
  const second = await start({ DATA_DIR: folder, PORT: String(await pickPort()) })
  expect(await second.exited).toEqual({ code: 1, signal: null })
  expect(second.lines).toEqual([
    'greenroom: Greenroom already runs in this folder (it is still starting). Stop it first, or choose another DATA_DIR and PORT',
  ])
})

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'a port that is busy on %s is one clear line and a non-zero exit',
  async (host) => {
    const other = createServer()
    const port = await pickPort()
    await new Promise<void>((resolve) => other.listen(port, host, resolve))
    onTestFinished(() => {
      other.close()
    })
    const gateway = String(await pickPort())
    const asApi = await start({ DATA_DIR: makeTemporaryFolder(), PORT: String(port), GATEWAY_PORT: gateway })
    const asGateway = await start({
      DATA_DIR: makeTemporaryFolder(),
      PORT: gateway,
      GATEWAY_PORT: String(port),
    })
    expect([await asApi.exited, await asGateway.exited]).toEqual([
      { code: 1, signal: null },
      { code: 1, signal: null },
    ])
    const told = (name: string): string[] => [
      `greenroom: port ${port} is busy: another program listens there. Stop it, or choose another with ${name}=...`,
    ]
    expect([asApi.lines, asGateway.lines]).toEqual([told('PORT'), told('GATEWAY_PORT')])
  },
)

test('without a Redis that can be found or installed it is one clear line, and no Postgres stays behind', async () => {
  const run = await start({
    DATA_DIR: makeTemporaryFolder(),
    PORT: String(await pickPort()),
    PATH: '/nowhere',
  })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(complaintsOf(run)).toEqual([
    expect.stringContaining('Redis is missing: run `sudo apt-get install -y redis-server`'),
  ])
})

test('a setting that is wrong is named', async () => {
  const run = await start({ PORT: 'abc', DATA_DIR: makeTemporaryFolder() })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(run.lines).toEqual(['greenroom: PORT must be a port from 1 to 65535, not abc'])
})

test('contracts that would be open to the world are refused before anything starts', async () => {
  const run = await start({ CONTRACTS: 'open', LISTEN_HOST: '0.0.0.0', DATA_DIR: makeTemporaryFolder() })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(run.lines).toEqual([
    'greenroom: CONTRACTS is open while LISTEN_HOST is 0.0.0.0, which is not loopback: set CONTRACTS=keys (partners) or CONTRACTS=off',
  ])
})

test('a database that cannot be reached is a failed start, not a hang', async () => {
  const url = `postgres://me:secret@127.0.0.1:${await pickPort()}/none`
  const run = await start({
    DATA_DIR: makeTemporaryFolder(),
    PORT: String(await pickPort()),
    DATABASE_URL: url,
  })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(complaintsOf(run)).toEqual([
    expect.stringMatching(/^greenroom: migrating the database failed \(it exited with 1\): .*ECONNREFUSED/),
  ])
})

/** What it says went wrong: the one line that begins with the product's name. */
function complaintsOf(run: NodeRun): string[] {
  return run.lines.filter((line) => line.startsWith('greenroom:'))
}
