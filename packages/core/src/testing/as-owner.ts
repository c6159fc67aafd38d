import { closeDatabase, type Database, inTransaction, openDatabase, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

/** The owner's way into each test database, by the URL that the product's own connections to it have. */
const owners = new Map<string, { url: string; db: Database }>()

/** Opens the owner's way into the database of `appUrl`; what is answered closes it. */
export function openOwner(appUrl: string, url: string): () => Promise<void> {
  const db = openDatabase(url, 4)
  owners.set(appUrl, { url, db })
  return async () => {
    owners.delete(appUrl)
    await closeDatabase(db)
  }
}

/** What migrates the database of deps made by `createTestDeps`. */
export function ownerUrlOf(deps: Deps): string {
  return ownerOf(deps).url
}

/** In one transaction of the tables' owner, on a connection of its own: what the product's login may not do, and what a test has to. */
export async function asOwner<T>(deps: Deps, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await inTransaction(ownerOf(deps).db, async (tx) => {
    await tx.query('set local role none')
    return await work(tx)
  })
}

function ownerOf({ settings }: Deps): { url: string; db: Database } {
  const owner = owners.get(settings.databaseUrl)
  if (owner === undefined)
    throw new Error('nobody knows the owner of a database that createTestDeps did not open')
  return owner
}
