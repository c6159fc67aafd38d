import { startTestStack } from '../../packages/stack/src/testing/start-test-stack.ts'

/** One Postgres and one Redis for all runs: starting them for each mutant would take longer than its test. */
export async function withTestStack<T>(work: () => Promise<T>): Promise<T> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return await work()
  const stack = await startTestStack((line) => void process.stderr.write(`${line}\n`))
  try {
    process.env['TEST_DATABASE_URL'] = stack.databaseUrl
    process.env['TEST_REDIS_URL'] = stack.redisUrl
    return await work()
  } finally {
    await stack.stop()
  }
}
