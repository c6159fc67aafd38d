import { join } from 'node:path'

import { expect, test } from 'vitest'

import { type NodeRun, spawnNode } from './testing/spawn-node.ts'

const main = join(import.meta.dirname, 'main.ts')
const fixture = join(import.meta.dirname, 'testing/fixtures/vitest.config.ts')

/** `npm test`, with a small Vitest configuration in place of ours: its `unit` project has the files it is given. */
async function runTests(...files: string[]): Promise<NodeRun> {
  const { VITEST: _, ...env } = process.env
  const run = await spawnNode([main, 'test', '--project', 'unit', '--config', fixture, ...files], env)
  await run.exited
  return run
}

test('when all pass, the last line says how many and the exit code is 0', async () => {
  const run = await runTests('passing')
  expect(run.printed.at(-1)).toBe('2 passed, 0 failed')
  expect(await run.exited).toEqual({ code: 0, signal: null })
})

test('one failing test is counted and fails the run', async () => {
  const run = await runTests('passing', 'failing')
  expect(run.printed.at(-1)).toBe('3 passed, 1 failed')
  expect(await run.exited).toEqual({ code: 1, signal: null })
})

test('a file that does not load or cannot tidy up, a crash after the tests, and no test at all fail the run', async () => {
  const [broken, untidy, crashing, none] = await Promise.all([
    runTests('broken'),
    runTests('untidy'),
    runTests('crashing'),
    runTests('no-such-file'),
  ])
  expect([broken, untidy, crashing, none].map((run) => run.printed.at(-1))).toEqual([
    '0 passed, 1 failed',
    '1 passed, 1 failed',
    '1 passed, 1 failed',
    '0 passed, 1 failed',
  ])
  const exits = await Promise.all([broken, untidy, crashing, none].map((run) => run.exited))
  expect(exits.map((exit) => exit.code)).toEqual([1, 1, 1, 1])
})

test('without a browser that can be found or installed the run fails and names the command', async () => {
  const run = await spawnNode([main, 'test', '--project', 'e2e'], { PATH: '/nowhere' })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(run.printed.at(-2)).toContain('sudo apt-get install -y chromium fonts-noto-cjk')
  expect(run.printed.at(-1)).toBe('0 passed, 1 failed')
})

test('--no-browser leaves out e2e, and says so; nothing left to run is a failure', async () => {
  const run = await spawnNode([main, 'test', '--no-browser', '--project', 'e2e'], { PATH: '/nowhere' })
  expect(await run.exited).toEqual({ code: 1, signal: null })
  expect(run.printed[0]).toContain('leaving out the e2e tests, as --no-browser asks')
  expect(run.printed.at(-1)).toBe('0 passed, 1 failed')
})
