import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { endProcess, identifyProcess, isSameProcess } from './process-identity.ts'
import { spawnShell } from './testing/spawn-shell.ts'

test('a process is itself while it lives and nobody after it ended', async () => {
  const child = await spawnShell('exec sleep 600')
  const identity = identifyProcess(child.pid)
  if (identity === undefined) throw new Error('a living process has an identity')
  expect(isSameProcess(identity)).toBe(true)
  await child.stop()
  expect(isSameProcess(identity)).toBe(false)
})

test('a later process with the same pid is left alone', async () => {
  const child = await spawnShell('exec sleep 600')
  await endProcess({ pid: child.pid, startedAt: 'another life' }, 'SIGKILL', 0)
  await sleep(50)
  expect(identifyProcess(child.pid)).toBeDefined()
  await child.stop()
})

test('a process that ignores the signal is ended by force', async () => {
  const child = await spawnShell(`trap '' TERM; echo up; while :; do sleep 0.05; done`)
  while (!child.lastLines().includes('up')) await sleep(10)
  const identity = identifyProcess(child.pid)
  if (identity === undefined) throw new Error('a living process has an identity')
  await endProcess(identity, 'SIGTERM', 200)
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})
