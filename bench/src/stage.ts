import { closeDeps, type CoreSettings, type Deps, openDeps } from '@greenroom/core'
import { createTestDatabase, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { destination, pino } from 'pino'
import { letSettle } from './let-settle.ts'

/** The servers under the bench with their processes, as far as known, and the core on them. */
export type Stage = {
  deps: Deps
  settings: CoreSettings
  pids: Readonly<Record<string, number>>
  /** Absent: the servers are others' as well, who need not wait for what ours do by themselves. */
  settle?: () => Promise<void>
}

/**
 * A Postgres and a Redis of the bench's own, durable as those of a sale: nothing that runs in this folder is touched.
 * `close` removes them with their data, once however often it is called.
 */
export async function openStage(): Promise<Stage & { close: () => Promise<void> }> {
  const redis = await startPrivateRedis()
  try {
    const postgres = await startPrivatePostgres()
    try {
      const database = await createTestDatabase(postgres.url)
      const pids = { postgres: postgres.pid(), redis: redis.pid() }
      const stage = stageOn({ databaseUrl: database.url, redisUrl: redis.url }, pids)
      const end = async (): Promise<void> => {
        await closeDeps(stage.deps)
        await Promise.all([postgres.stop(), redis.stop()])
      }
      let ending: Promise<void> | undefined
      const close = (): Promise<void> => {
        ending ??= end()
        return ending
      }
      return { ...stage, settle: () => letSettle(stage.deps, database.url), close }
    } catch (error) {
      await postgres.stop()
      throw error
    }
  } catch (error) {
    await redis.stop()
    throw error
  }
}

export function stageOn(urls: { databaseUrl: string; redisUrl: string }, pids: Stage['pids'] = {}): Stage {
  const settings: CoreSettings = {
    ...urls,
    secret: 'a secret of the bench alone',
    logLevel: 'error',
    databasePoolSize: 10,
    drainNoticeMs: 0,
    metricsToken: null,
    tracing: { isWanted: false, serviceName: undefined },
    webhooks: { allowPrivate: false, timeoutMs: 10_000 },
    // no worker runs here, so nothing is written
    dataPlatform: { folder: 'data-platform' },
  }
  // standard output is the report's
  const log = pino({ name: 'bench', level: settings.logLevel }, destination(2))
  return { deps: { ...openDeps(settings, 'bench'), log }, settings, pids }
}
