import { readStackEnv } from '../env.ts'
import { openTestRun } from './open-test-run.ts'

/**
 * Vitest's global set-up for the projects that need real servers: starts a stack for this run unless one is given
 * (`npm test` gives one), and stops it at the end. The test processes inherit the variables.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const { testDatabaseUrl, testRedisUrl } = readStackEnv()
  if (testDatabaseUrl !== undefined && testRedisUrl !== undefined) return undefined
  const run = await openTestRun((line) => process.stderr.write(`${line}\n`))
  Object.assign(process.env, run.env)
  return async () => {
    for (const name of Object.keys(run.env)) delete process.env[name]
    await run.close()
  }
}
