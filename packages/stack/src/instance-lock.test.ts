import { join } from 'node:path'

import { expect, test } from 'vitest'

import { takeInstanceLock } from './instance-lock.ts'
import { spawnNode } from './testing/spawn-node.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

const holdLock = join(import.meta.dirname, 'testing/fixtures/hold-lock.ts')

test('a folder that a living process has is refused, and free as soon as that one is killed outright', async () => {
  const folder = makeTemporaryFolder()
  const holder = await spawnNode([holdLock, folder])
  await holder.line(/^taken$/)
  expect(takeInstanceLock(folder)).toBeUndefined()

  holder.kill('SIGKILL')
  await holder.exited
  const lock = takeInstanceLock(folder)
  expect(lock).toBeDefined()
  lock?.release()
})

test('of many that start at once exactly one gets the lock', async () => {
  const folder = makeTemporaryFolder()
  const all = await Promise.all(Array.from({ length: 6 }, () => spawnNode([holdLock, folder])))
  const answers = await Promise.all(all.map((each) => each.line(/^(taken|refused)$/)))
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1)
  await Promise.all(all.map((each) => each.stop()))
})
