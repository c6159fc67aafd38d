import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'
import { prepareTestTemplate } from '../../packages/stack/src/testing/test-database.ts'

const repositoryRoot = resolve(import.meta.dirname, '../..')

/** For each test file; vitest itself ends a test that hangs after a minute. */
const fileTimeoutMs = 150_000

/** `message`: all that the test said when it failed, without where. */
export type TestOutcome = { file: string; name: string; status: 'passed' | 'failed'; message: string }

/**
 * Runs these tests and no others, without the guard of `mutant` when one is given. Only tests that really ran are
 * answered: one whose file could not even be loaded is not among them.
 */
export async function runTests(
  tests: readonly Mutant['test'][],
  options: { mutant?: Mutant } = {},
): Promise<TestOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-mutants-'))
  const report = join(folder, 'report.json')
  const files = [...new Set(tests.map((test) => test.file))]
  const names = [...new Set(tests.map((test) => test.name))].map(escapePattern)
  const { TEST_DATABASE_URL: databaseUrl } = process.env
  // now, should a migration be new: the process that migrates refuses to start without a guard
  if (databaseUrl !== undefined) await prepareTestTemplate(databaseUrl)
  try {
    await runVitest(['--reporter=json', `--outputFile=${report}`, '-t', `(${names.join('|')})$`, ...files], {
      ...options,
      timeoutMs: files.length * fileTimeoutMs,
    })
    return existsSync(report) ? readOutcomes(readFileSync(report, 'utf8')) : []
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runVitest(
  args: string[],
  { mutant, timeoutMs }: { mutant?: Mutant; timeoutMs: number },
): Promise<void> {
  const { GREENROOM_MUTANT: _, ...env } = outsideOfVitest(process.env)
  const vitest = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'vitest.mutants.config.ts',
      ...args,
    ],
    {
      cwd: repositoryRoot,
      env: mutant === undefined ? env : { ...env, GREENROOM_MUTANT: mutant.name },
      stdio: 'ignore',
    },
  )
  const tooLong = setTimeout(() => vitest.kill('SIGKILL'), timeoutMs)
  try {
    await new Promise((done, fail) => {
      vitest.once('exit', done)
      vitest.once('error', fail)
    })
  } finally {
    clearTimeout(tooLong)
  }
}

/** A test may run tests: what the outer Vitest told its workers is not for the inner one. */
function outsideOfVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(VITEST|TEST$|NODE_ENV$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/.test(name),
    ),
  )
}

type Report = {
  testResults: {
    name: string
    assertionResults: { title: string; status: string; failureMessages: string[] | null }[]
  }[]
}

function readOutcomes(text: string): TestOutcome[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Vitest's own format
  const report = JSON.parse(text) as Report
  return report.testResults.flatMap(({ name: path, assertionResults }) =>
    assertionResults.flatMap(({ title, status, failureMessages }) =>
      status === 'passed' || status === 'failed'
        ? [
            {
              file: path.slice(repositoryRoot.length + 1),
              name: title,
              status,
              message: (failureMessages ?? []).map(withoutStack).join('\n'),
            },
          ]
        : [],
    ),
  )
}

function withoutStack(message: string): string {
  return message.split(/\n +at /, 1)[0] ?? ''
}

function escapePattern(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}
