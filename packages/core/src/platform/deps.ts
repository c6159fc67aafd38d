import type { Logger } from 'pino'
import { closeDatabase, type Database } from './database.ts'
import { openDatabases } from './open-databases.ts'
import type { CoreSettings } from './env.ts'
import { openLog } from './log.ts'
import { openRedis, type RedisConnection } from './redis.ts'
import { type KeyRing, openKeys } from './signed-token.ts'

/** What a use case may reach. Plain values, passed in; nothing in the core keeps a connection of its own. */
export type Deps = {
  db: Database
  redis: RedisConnection
  keys: KeyRing
  log: Logger
  settings: CoreSettings
}

/** Opens what a process needs. Connections are made on first use, so a start does not wait for Postgres or Redis. */
export function openDeps(settings: CoreSettings, processName: string): Deps {
  return {
    db: openDatabases(settings),
    redis: openRedis(settings.redisUrl),
    keys: openKeys(settings.secret, settings.previousSecrets),
    log: openLog(processName, { level: settings.logLevel }),
    settings,
  }
}

/** Lets go of what `openDeps` opened, last of all: whoever still uses it is refused from then on. */
export async function closeDeps(deps: Deps): Promise<void> {
  deps.redis.disconnect()
  await closeDatabase(deps.db)
}
