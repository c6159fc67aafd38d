import { setTimeout as sleep } from 'node:timers/promises'

import { type Client, DatabaseError } from 'pg'

/** Autovacuum works as superuser: while it is in the database, FORCE is refused us. It is never there for long. */
export async function dropDatabase(client: Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      return
    } catch (error) {
      if (attempt === dropAttempts || !(error instanceof DatabaseError) || error.code !== notPermitted)
        throw error
      await sleep(100)
    }
  }
}

const dropAttempts = 100
const notPermitted = '42501'
