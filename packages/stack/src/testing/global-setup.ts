import { rmSync } from 'node:fs'
import { readStackEnv } from '../env.ts'
import { makeRunFolder } from './run-folder.ts'
import { startTestStack } from './start-test-stack.ts'
import { prepareTestTemplate } from './test-database.ts'

/**
 * Vitest's global set-up for the projects that need real servers: starts a stack for this run unless one is given
 * (`npm test` gives one), and stops it at the end. The test processes inherit the variables.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const { testDatabaseUrl, testRedisUrl } = readStackEnv()
  if (testDatabaseUrl !== undefined && testRedisUrl !== undefined) return undefined
  const stack = await startTestStack((line) => process.stderr.write(`${line}\n`))
  process.env['TEST_DATABASE_URL'] = stack.databaseUrl
  process.env['TEST_REDIS_URL'] = stack.redisUrl
  const logs = makeRunFolder('logs')
  process.env['TEST_LOG_DIR'] = logs
  await prepareTestTemplate(stack.databaseUrl)
  return async () => {
    delete process.env['TEST_DATABASE_URL']
    delete process.env['TEST_REDIS_URL']
    delete process.env['TEST_LOG_DIR']
    rmSync(logs, { recursive: true, force: true })
    await stack.stop()
  }
}
