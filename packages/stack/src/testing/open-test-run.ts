import { rmSync } from 'node:fs'
import { makeRunFolder } from './run-folder.ts'
import { startTestStack } from './start-test-stack.ts'
import { prepareTestTemplate } from './test-database.ts'

export type TestRun = {
  /** what the test processes, and the processes that they start, find in their environment */
  env: Record<string, string>
  /** stops its servers and removes its folders */
  close: () => Promise<void>
}

/**
 * What one run of the tests shares: a Postgres with the template of the test databases and a Redis, a folder for what processes
 * write, and one where Node keeps the modules that it has compiled. Some 300 processes are started in a run: with their modules
 * compiled each costs 0.8 s of a processor instead of 1.4.
 */
export async function openTestRun(say: (line: string) => void): Promise<TestRun> {
  const stack = await startTestStack(say)
  const [logs, modules] = [makeRunFolder('logs'), makeRunFolder('modules')]
  const close = async (): Promise<void> => {
    for (const folder of [logs, modules]) rmSync(folder, { recursive: true, force: true })
    await stack.stop()
  }
  try {
    await prepareTestTemplate(stack.databaseUrl)
  } catch (error) {
    await close()
    throw error
  }
  const env = {
    TEST_DATABASE_URL: stack.databaseUrl,
    TEST_REDIS_URL: stack.redisUrl,
    TEST_LOG_DIR: logs,
    NODE_COMPILE_CACHE: modules,
  }
  return { env, close }
}
