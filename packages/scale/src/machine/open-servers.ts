import { type Stage, stageOn } from '@greenroom/bench'
import { closeDeps } from '@greenroom/core'
import { createTestDatabase, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { Client } from 'pg'

/** A Postgres and a Redis of the command's own, migrated, with the core on them. */
export type Servers = Stage & {
  postgresPid: () => number
  redisPid: () => number
  /** As the superuser, in the application's database: it may look at everything and is bound to no role. */
  query: <Row extends object>(sql: string) => Promise<Row[]>
  stop: () => Promise<void>
}

/** Starts them, durable as those of a sale (fsync and AOF on). `stop` removes them with their data. */
export async function openServers(): Promise<Servers> {
  const redis = await startPrivateRedis()
  const postgres = await startPrivatePostgres().catch(async (error: unknown) => {
    await redis.stop()
    throw error
  })
  const database = await createTestDatabase(postgres.url)
  const stage = stageOn({ databaseUrl: database.url, redisUrl: redis.url })
  const adminUrl = new URL(postgres.adminUrl)
  adminUrl.pathname = new URL(database.url).pathname
  return {
    ...stage,
    postgresPid: postgres.pid,
    redisPid: redis.pid,
    query: async <Row extends object>(sql: string): Promise<Row[]> => {
      const client = new Client({ connectionString: adminUrl.href })
      await client.connect()
      try {
        return (await client.query<Row>(sql)).rows
      } finally {
        await client.end()
      }
    },
    stop: async () => {
      await closeDeps(stage.deps)
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}
