import type { Deps } from '../platform/deps.ts'

/** Rows a round trip, about 40 kB as text: larger ones are large objects to V8, which leaves them for a full collection. */
const rowsAtOnce = 250

export type ExportQuery = { text: string; values: unknown[] }

/**
 * The rows of one statement, some at a time, all as they were at one moment (REPEATABLE READ), whatever is sold meanwhile. Asks
 * for no more until the last ones are taken. Whoever stops taking ends the cursor and gives the connection back by `return`; of
 * who does neither for a minute, Postgres ends the connection, which `onLost` tells.
 */
export async function* readByCursor(
  deps: Deps,
  query: ExportQuery,
  onLost: (error: Error) => void,
): AsyncGenerator<unknown[][], void, undefined> {
  const tx = await deps.db.pool.connect()
  tx.on('error', onLost)
  try {
    await tx.query('begin isolation level repeatable read read only')
    // read once from end to end, unlike everything else: the planner may look at how large a table is, and take its time
    await tx.query(
      `set local enable_seqscan = on; set local plan_cache_mode = auto; set local statement_timeout = '60s';
       set local idle_in_transaction_session_timeout = '60s'`,
    )
    await tx.query(`declare export_rows no scroll cursor for ${query.text}`, query.values)
    for (;;) {
      const { rows } = await tx.query<unknown[]>({
        text: `fetch ${rowsAtOnce} from export_rows`,
        rowMode: 'array',
      })
      if (rows.length > 0) yield rows
      if (rows.length < rowsAtOnce) return
    }
  } finally {
    tx.off('error', onLost)
    // the cursor ends with its transaction; a connection that cannot even do that is thrown away
    tx.release(await tx.query('rollback').then(() => undefined, toError))
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
