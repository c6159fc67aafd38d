import { closeDatabase, type Database, openDatabase } from './database.ts'
import { readDatabaseUrl } from './env.ts'

/** Opens the database of `DATABASE_URL` for one command at a terminal. */
export async function withDatabase<T>(work: (deps: { db: Database }) => Promise<T>): Promise<T> {
  const db = openDatabase(readDatabaseUrl(), 2)
  try {
    return await work({ db })
  } finally {
    await closeDatabase(db)
  }
}
