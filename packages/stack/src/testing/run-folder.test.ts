import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { sweepRunFolders } from './run-folder.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

test('the folder of a process that ended is removed, that of a living one and any other stay', () => {
  const living = makeTemporaryFolder()
  // No process has this pid: Linux counts to 2^22.
  const ended = join(tmpdir(), 'greenroom-case-4194305-abcdef')
  mkdirSync(ended, { recursive: true })
  const other = join(tmpdir(), 'greenroom-4194305')
  mkdirSync(other, { recursive: true })
  onTestFinished(() => rmdirSync(other))
  sweepRunFolders()
  expect([ended, living, other].map((folder) => existsSync(folder))).toEqual([false, true, true])
})
