import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { buildWeb } from './build-web.ts'
import { countTests, type TestCount } from './count-tests.ts'
import type { StackEnv } from './env.ts'
import { requireChromium } from './find-chromium.ts'
import { sayAs } from './log-lines.ts'
import { repositoryRoot } from './repository.ts'
import { onStopSignal } from './stop-signals.ts'
import { openTestRun } from './testing/open-test-run.ts'
import { makeRunFolder } from './testing/run-folder.ts'

const allProjects = ['unit', 'int', 'e2e']
const runTimeoutMs = 30 * 60_000

export type TestArguments = {
  /** false leaves the e2e project out */
  browser: boolean
  /** which projects; all of them when empty */
  projects: string[]
  /** further arguments for Vitest: file filters, -t, ... */
  vitestArgs: string[]
}

/**
 * `npm test`: all projects on a stack of their own, and `N passed, N failed` as the very last line, also when there is
 * no stack or no browser to be had. Answers the exit code: 0 only when every test passed and there was one.
 */
export async function runTests(env: StackEnv, asked: TestArguments): Promise<number> {
  const stops: (() => Promise<void>)[] = []
  // Whoever asks first, a signal or the end of the run: both wait for the same stop.
  let stopped: Promise<void> | undefined
  const stopAll = (): Promise<void> => {
    stopped ??= stopInTurn(stops)
    return stopped
  }
  let interrupted = false
  onStopSignal({
    stop: () => {
      interrupted = true
      void stopAll().finally(() => process.exit(130))
    },
    force: () => process.exit(130),
  })
  const count = await runAll(env, asked, stops).catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    unseen: [error instanceof Error ? error.message : String(error)],
  }))
  await stopAll()
  for (const reason of count.unseen) say(`counted as a failure: ${reason}`)
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`)
  if (interrupted) return 130
  return count.failed === 0 ? 0 : 1
}

async function stopInTurn(stops: (() => Promise<void>)[]): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop()
}

const say = sayAs('test')

async function runAll(
  env: StackEnv,
  asked: TestArguments,
  stops: (() => Promise<void>)[],
): Promise<TestCount> {
  const projects = chooseProjects(asked)
  const given: NodeJS.ProcessEnv = {}
  if (projects.includes('e2e')) {
    given['CHROMIUM_PATH'] = requireChromium(env.path, say)
    await buildWeb(say)
  }
  if (projects.some((project) => project !== 'unit')) {
    say('starting a Postgres and a Redis for the tests')
    const run = await openTestRun(say)
    stops.push(run.close)
    Object.assign(given, run.env)
  }
  const folder = makeRunFolder('report')
  stops.push(async () => rmSync(folder, { recursive: true, force: true }))
  const report = join(folder, 'report.json')
  const exitCode = await runVitest(
    { ...env.all, ...given },
    [
      // e2e is several projects: files that run two at a time, and those that run with few or alone
      ...projects.flatMap((project) => ['--project', `${project}*`]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...asked.vitestArgs,
    ],
    stops,
  )
  return countTests(existsSync(report) ? readFileSync(report, 'utf8') : undefined, exitCode)
}

function chooseProjects(asked: TestArguments): string[] {
  const wanted = asked.projects.length > 0 ? asked.projects : allProjects
  if (asked.browser) return wanted
  say('leaving out the e2e tests, as --no-browser asks')
  const left = wanted.filter((project) => project !== 'e2e')
  if (left.length === 0) throw new Error('nothing to run: --no-browser leaves out the only project asked for')
  return left
}

/** Vitest on this same Node, writing straight to our terminal. Answers its exit code, null when a signal ended it. */
async function runVitest(
  env: NodeJS.ProcessEnv,
  args: string[],
  stops: (() => Promise<void>)[],
): Promise<number | null> {
  const vitest = spawn(
    process.execPath,
    [join(repositoryRoot, 'node_modules/vitest/vitest.mjs'), 'run', ...args],
    {
      cwd: repositoryRoot,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const exited = new Promise<number | null>((resolve, reject) => {
    vitest.once('exit', resolve)
    vitest.once('error', reject)
  })
  stops.push(async () => {
    vitest.kill('SIGTERM')
    await exited
  })
  const tooLong = setTimeout(() => vitest.kill('SIGKILL'), runTimeoutMs)
  try {
    return await exited
  } finally {
    clearTimeout(tooLong)
  }
}
