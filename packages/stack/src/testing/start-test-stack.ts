import { openDataFolder, removeDataFolder } from '../data-folder.ts'
import { readStackEnv } from '../env.ts'
import { findRedisServer } from '../find-redis.ts'
import { startPostgres } from '../start-postgres.ts'
import { startRedis } from '../start-redis.ts'
import { makeRunFolder, sweepRunFolders } from './run-folder.ts'

export type TestStack = {
  databaseUrl: string
  redisUrl: string
  /** stops both servers and removes their data */
  stop: () => Promise<void>
}

/** How many test files may hold a Redis database at the same time. */
const testRedisDatabases = 512

/** Starts a Postgres and a Redis for one run of the tests, in a new folder of the system's temporary folder. */
export async function startTestStack(say: (line: string) => void): Promise<TestStack> {
  sweepRunFolders()
  const data = openDataFolder(makeRunFolder('test'))
  const program = findRedisServer(readStackEnv().path, say)
  const postgres = await startPostgres({ data, onLine: () => undefined })
  const redis = await startRedis({
    program,
    data,
    databases: testRedisDatabases,
    refuseFlushAll: true,
    onLine: () => undefined,
  })
  const stop = async (): Promise<void> => {
    await Promise.all([postgres.stop(), redis.stop()])
    removeDataFolder(data)
  }
  return { databaseUrl: postgres.url, redisUrl: redis.url, stop }
}
