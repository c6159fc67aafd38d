import { closeDatabase, type Database, openDatabase } from './database.ts'
import { readOwnerUrl } from './env.ts'

/** Opens the database as the owner of its tables (`DATABASE_OWNER_URL`), for one command at a terminal that does what the product may not. */
export async function withOwner<T>(work: (deps: { db: Database }) => Promise<T>): Promise<T> {
  const db = openDatabase(readOwnerUrl(), 2, { isOwner: true })
  try {
    return await work({ db })
  } finally {
    await closeDatabase(db)
  }
}
