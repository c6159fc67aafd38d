import { type Database, openDatabase } from './database.ts'
import type { CoreSettings } from './env.ts'
import { openReplica } from './replica.ts'

/** The primary, with the replica beside it where there is one. */
export function openDatabases(
  settings: Pick<CoreSettings, 'databaseUrl' | 'databasePoolSize' | 'databaseReplica'>,
): Database {
  const primary = openDatabase(settings.databaseUrl, settings.databasePoolSize)
  const { databaseReplica } = settings
  if (databaseReplica === undefined) return primary
  return { ...primary, replica: openReplica(primary, databaseReplica, settings.databasePoolSize) }
}
