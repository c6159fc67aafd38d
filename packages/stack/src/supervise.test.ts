import { expect, test } from 'vitest'

import type { Child } from './spawn-child.ts'
import { supervise } from './supervise.ts'
import { spawnShell } from './testing/spawn-shell.ts'

const forever = 'exec sleep 600'

test('one that is killed comes back as another process', async () => {
  const first = await spawnShell(forever)
  const back = Promise.withResolvers<undefined>()
  const kept = supervise({
    name: 'it',
    first,
    startAgain: () => spawnShell(forever),
    say: () => undefined,
    onStart: () => back.resolve(undefined),
    delayMs: () => 1,
  })
  first.kill('SIGKILL')
  await back.promise
  expect(kept.child().pid).not.toBe(first.pid)
  expect(kept.restarts()).toBe(1)
  await kept.stop()
})

test('one that dies young again and again is asked for at growing intervals', async () => {
  const asked: number[] = []
  const enough = Promise.withResolvers<undefined>()
  const kept = supervise({
    name: 'it',
    first: await spawnShell('exit 3'),
    startAgain: () => spawnShell('exit 3'),
    say: () => undefined,
    delayMs: (deaths) => {
      if (asked.at(-1) !== deaths) asked.push(deaths)
      if (deaths === 5) enough.resolve(undefined)
      return 1
    },
  })
  await enough.promise
  await kept.stop()
  expect(asked.slice(0, 5)).toEqual([1, 2, 3, 4, 5])
})

test('one that lived long enough starts from the shortest wait again', async () => {
  const asked: number[] = []
  const enough = Promise.withResolvers<undefined>()
  const kept = supervise({
    name: 'it',
    first: await spawnShell('exit 3'),
    startAgain: () => spawnShell('exit 3'),
    say: () => undefined,
    healthyAfterMs: 0,
    delayMs: (deaths) => {
      asked.push(deaths)
      if (asked.length === 6) enough.resolve(undefined)
      return 1
    },
  })
  await enough.promise
  await kept.stop()
  expect(new Set(asked)).toEqual(new Set([1]))
})

test('a start that fails is tried again', async () => {
  let tries = 0
  const back = Promise.withResolvers<undefined>()
  const first = await spawnShell('exit 3')
  const kept = supervise({
    name: 'it',
    first,
    startAgain: async () => {
      tries += 1
      if (tries < 3) throw new Error('not yet')
      return await spawnShell(forever)
    },
    say: () => undefined,
    onStart: () => back.resolve(undefined),
    delayMs: () => 1,
  })
  await back.promise
  expect(tries).toBe(3)
  await kept.stop()
})

test('after stop nothing comes back, not even a start that was under way', async () => {
  const first = await spawnShell('exit 3')
  const begun = Promise.withResolvers<undefined>()
  const go = Promise.withResolvers<undefined>()
  const late: Child[] = []
  const kept = supervise({
    name: 'it',
    first,
    startAgain: async () => {
      begun.resolve(undefined)
      await go.promise
      const child = await spawnShell(forever)
      late.push(child)
      return child
    },
    say: () => undefined,
    delayMs: () => 1,
  })
  await begun.promise
  const stopped = kept.stop()
  go.resolve(undefined)
  await stopped
  expect(late).toHaveLength(1)
  expect(await late[0]?.exited).toEqual({ code: null, signal: 'SIGTERM' })
})
