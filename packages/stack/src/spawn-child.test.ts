import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { endProcess, identifyProcess } from './process-identity.ts'
import { spawnChild } from './spawn-child.ts'
import { spawnNode } from './testing/spawn-node.ts'
import { spawnShell } from './testing/spawn-shell.ts'

const startChild = join(import.meta.dirname, 'testing/fixtures/start-child.ts')

test('a child does not outlive a parent that is killed outright', async () => {
  const parent = await spawnNode([startChild])
  const pid = Number(await parent.line(/^\d+$/))
  expect(identifyProcess(pid)).toBeDefined()
  parent.kill('SIGKILL')
  await parent.exited
  while (identifyProcess(pid) !== undefined) await sleep(10)
})

test('without the watcher it does outlive it', async () => {
  const parent = await spawnNode([startChild, 'unwatched'])
  const pid = Number(await parent.line(/^\d+$/))
  parent.kill('SIGKILL')
  await parent.exited
  await sleep(500)
  const survivor = identifyProcess(pid)
  expect(survivor).toBeDefined()
  if (survivor !== undefined) await endProcess(survivor, 'SIGKILL', 0)
})

test('stop asks first, and forces one that will not', async () => {
  const willing = await spawnShell(`trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done`, 10_000)
  const unwilling = await spawnShell(`trap '' TERM; echo up; while :; do sleep 0.05; done`, 100)
  for (const child of [willing, unwilling]) while (!child.lastLines().includes('up')) await sleep(10)
  await Promise.all([willing.stop(), unwilling.stop()])
  expect(await willing.exited).toEqual({ code: 7, signal: null })
  expect(await unwilling.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('the last lines are kept, a bounded number of them', async () => {
  const child = await spawnShell('i=0; while [ $i -lt 1000 ]; do echo line $i; i=$((i+1)); done', 1_000)
  await child.exited
  expect(child.lastLines()).toHaveLength(40)
  expect(child.lastLines().at(-1)).toBe('line 999')
})

test('a command that does not exist is an error at once', async () => {
  const attempt = spawnChild({
    command: '/nowhere/at-all',
    args: [],
    cwd: '/',
    env: {},
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 1,
    onLine: () => undefined,
  })
  await expect(attempt).rejects.toThrow('ENOENT')
})
