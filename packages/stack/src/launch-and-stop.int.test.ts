import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, onTestFinished, test } from 'vitest'

import { openDataFolder, removeDataFolder } from './data-folder.ts'
import { pickPort } from './ports.ts'
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.ts'
import { readRunning } from './running-file.ts'
import { readPidFile } from './stop-leftover.ts'
import { type NodeRun, spawnNode } from './testing/spawn-node.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

const launchSmall = join(import.meta.dirname, 'testing/fixtures/launch-small.ts')

async function start(folder: string, port: number): Promise<NodeRun> {
  const run = await spawnNode([launchSmall], {
    PATH: process.env['PATH'],
    DATA_DIR: folder,
    PORT: String(port),
    GATEWAY_PORT: String(await pickPort()),
    SEED: 'none',
  })
  onTestFinished(run.stop)
  await run.line(/^ready /)
  return run
}

function openFolder(): string {
  const folder = makeTemporaryFolder()
  onTestFinished(() => removeDataFolder(openDataFolder(folder)))
  return folder
}

/** api, gateway, worker, Postgres and Redis of a folder. */
function readAll(folder: string): ProcessIdentity[] {
  const pids = [
    readPidFile(join(folder, 'postgres/data/postmaster.pid')),
    readPidFile(join(folder, 'redis/redis.pid')),
  ]
  const servers = pids.map((pid) => (pid === undefined ? undefined : identifyProcess(pid)))
  return [...(readRunning(folder)?.apps ?? []), ...servers.filter((server) => server !== undefined)]
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops all five in good order, exits 0 and leaves nothing',
  async (signal) => {
    const folder = openFolder()
    const port = await pickPort()
    const run = await start(folder, port)
    expect(run.lines).toContain(`ready http://localhost:${port}`)
    const all = readAll(folder)
    expect(all.map(isSameProcess)).toEqual([true, true, true, true, true])
    run.kill(signal)
    expect(await run.exited).toEqual({ code: 0, signal: null })
    expect(all.map(isSameProcess)).toEqual([false, false, false, false, false])
    expect(readRunning(folder)).toBeUndefined()
    for (const name of ['api', 'gateway']) expect(run.lines).toContain(`${name.padEnd(8)} | drained`)
  },
)

test('a launcher that is killed outright takes its five with it, and the next start works at once', async () => {
  const folder = openFolder()
  const port = await pickPort()
  const first = await start(folder, port)
  const all = readAll(folder)
  first.kill('SIGKILL')
  await first.exited
  const second = await start(folder, port)
  expect(all.map(isSameProcess)).toEqual([false, false, false, false, false])
  expect(readAll(folder).map(isSameProcess)).toEqual([true, true, true, true, true])
  await second.stop()
})

test('Postgres and Redis that are killed come back on their ports, the rest runs on', async () => {
  const folder = openFolder()
  const run = await start(folder, await pickPort())
  const before = readAll(folder)
  const urls = readRunning(folder)
  for (const server of before.slice(3)) process.kill(server.pid, 'SIGKILL')
  const isBack = (): boolean => {
    const now = readAll(folder)
    return now.length === 5 && now.slice(3).every((server) => !before.some((old) => old.pid === server.pid))
  }
  while (!isBack()) await sleep(50)
  expect(readRunning(folder)).toEqual(urls)
  expect(before.slice(0, 3).map(isSameProcess)).toEqual([true, true, true])
  run.kill('SIGTERM')
  expect(await run.exited).toEqual({ code: 0, signal: null })
})
