import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '@greenroom/core'
import { Client } from 'pg'

/** A rewriting of Redis' file takes a second or two at a million members. */
const longestRewriteMs = 30_000

/**
 * Does what Postgres' autovacuum would do by itself after so much was prepared, and waits until Redis has rewritten its file, if it
 * does. Each takes a core for seconds, and would fall into somebody's turn.
 */
export async function letSettle(deps: Deps, databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
  for (let waitedMs = 0; waitedMs < longestRewriteMs; waitedMs += 100) {
    const info = await deps.redis.info('persistence')
    if (!/aof_rewrite_(in_progress|scheduled):1/.test(info)) return
    await sleep(100)
  }
}
