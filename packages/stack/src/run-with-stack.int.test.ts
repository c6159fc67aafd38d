import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { openDataFolder, removeDataFolder } from './data-folder.ts'
import { takeInstanceLock } from './instance-lock.ts'
import { identifyProcess } from './process-identity.ts'
import { writeRunning } from './running-file.ts'
import { readPidFile } from './stop-leftover.ts'
import { type NodeRun, spawnNode } from './testing/spawn-node.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

const main = join(import.meta.dirname, 'main.ts')
const tell = join(import.meta.dirname, 'testing/fixtures/tell-settings.ts')

async function runTell(folder: string, ...args: string[]): Promise<NodeRun> {
  const run = await spawnNode([main, 'run', tell, ...args], { PATH: process.env['PATH'], DATA_DIR: folder })
  await run.exited
  return run
}

test('with nothing running, servers live for as long as the program, and its exit code is ours', async () => {
  const folder = makeTemporaryFolder()
  const run = await runTell(folder, 'import', '--file', 'x')
  onTestFinished(() => removeDataFolder(openDataFolder(folder)))
  expect(await run.exited).toEqual({ code: 7, signal: null })
  const told: unknown = JSON.parse(await run.line(/^\{/))
  expect(told).toMatchObject({
    DATABASE_URL: expect.stringMatching(/^postgres:\/\/greenroom_app:/),
    REDIS_URL: expect.stringMatching(/^redis:/),
    SECRET: openDataFolder(folder).secrets.appSecret,
    args: ['import', '--file', 'x'],
  })
  expect(told).not.toHaveProperty('DATABASE_OWNER_URL')
  const redis = readPidFile(join(folder, 'redis', 'redis.pid'))
  expect(redis === undefined ? undefined : identifyProcess(redis)).toBeUndefined()
})

test('with a stack running in the folder, its servers are the ones', async () => {
  const folder = makeTemporaryFolder()
  const lock = takeInstanceLock(folder)
  onTestFinished(() => lock?.release())
  const launcher = identifyProcess(process.pid)
  if (launcher === undefined) throw new Error('we are alive')
  writeRunning(folder, {
    launcher,
    origin: 'http://localhost:1',
    databaseUrl: 'postgres://the-running-one',
    databaseOwnerUrl: 'postgres://the-owner-of-it',
    redisUrl: 'redis://the-running-one',
    apps: [],
  })
  const run = await runTell(folder)
  const told: unknown = JSON.parse(await run.line(/^\{/))
  expect(told).toMatchObject({
    DATABASE_URL: 'postgres://the-running-one',
    REDIS_URL: 'redis://the-running-one',
  })
  expect(told).not.toHaveProperty('DATABASE_OWNER_URL')
  const owner = await spawnNode([main, 'run', '--owner', tell], {
    PATH: process.env['PATH'],
    DATA_DIR: folder,
  })
  expect(JSON.parse(await owner.line(/^\{/))).toMatchObject({
    DATABASE_OWNER_URL: 'postgres://the-owner-of-it',
  })
})
