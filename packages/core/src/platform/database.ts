import pg from 'pg'
import { Sequelize } from 'sequelize'
import type { Replica } from './replica.ts'

/** One transaction on one connection. Whoever takes a `tx` neither begins nor ends it. */
export type Tx = pg.PoolClient

/**
 * `pool` for everything that must be exact or hot (named statements, transactions); `sequelize` for models and everything else;
 * `aside`, one connection that no crowd waits for, for what has to be known in time.
 */
export type Database = { pool: pg.Pool; aside: pg.Pool; sequelize: Sequelize; replica?: Replica }

/** The role everything runs as: see migrations/0006-app-role.sql. Who logs in has no other: app-login.ts. */
const appRole = '-c role=greenroom_app'

// bigint columns are ids and amounts that stay below 2^53 (the contract's schemas say so), so they are numbers here.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// 1016 is bigint[], which pg's list of type ids leaves out
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above: the type only knows pg's own list
pg.types.setTypeParser(1016 as never, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
)

/** Whoever asks on the connection aside wants to know now: an answer that is late is asked for again. */
const asideWithinMs = 5_000

/**
 * Opens the pools. Nothing connects until the first query; `poolSize` bounds the hot pool, Sequelize gets half of that, and one
 * connection is aside.
 * `answerWithinMs` is for a server that may stand still without a word: whoever asks it gives up by then. `isOwner`: the login stays what it
 * is, for commands that do what the product may not.
 */
export function openDatabase(
  url: string,
  poolSize: number,
  options: { answerWithinMs?: number; isOwner?: boolean } = {},
): Database {
  const { answerWithinMs, isOwner = false } = options
  const role = isOwner ? '' : appRole
  const patience = answerWithinMs === undefined ? {} : { query_timeout: answerWithinMs }
  const openPool = (max: number, withinMs: number | undefined): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      // force_generic_plan: `= ANY($n)` is planned anew on every call without it (7k -> 12k statements/s). That plan is kept
      // while a table grows from nothing to a sale's worth of rows within a minute, so it must not be a scan of the whole
      // table wherever an index can serve (enable_seqscan; jit would compile such plans on Postgres before 18).
      options: `${role} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s`,
      statement_timeout: 15_000,
      connectionTimeoutMillis: withinMs ?? 10_000,
      ...(withinMs === undefined ? {} : { query_timeout: withinMs }),
    })
    // A connection that breaks (Postgres restarts) says so as an event; without a listener that ends the process. Whoever
    // uses the connection sees its statement reject, and the pool opens a new one.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
    return pool
  }
  const sequelize = new Sequelize(url, {
    logging: false,
    // tables are snake_case, and no column is Sequelize's own
    define: { underscored: true, timestamps: false },
    pool: { max: Math.max(2, Math.ceil(poolSize / 2)), acquire: answerWithinMs ?? 10_000 },
    dialectOptions: { options: role, statement_timeout: 15_000, ...patience },
  })
  return { pool: openPool(poolSize, answerWithinMs), aside: openPool(1, asideWithinMs), sequelize }
}

/** Closes the pools; statements under way end first. */
export async function closeDatabase(db: Database): Promise<void> {
  await Promise.all([db.pool.end(), db.aside.end(), db.sequelize.close(), db.replica?.close()])
}

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. When the connection breaks
 * around COMMIT nobody knows whether it took effect: the error says nothing about that, only an idempotent repeat does.
 */
export async function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = await db.pool.connect()
  let broken: Error | undefined
  try {
    await tx.query('begin')
    const result = await work(tx)
    await tx.query('commit')
    return result
  } catch (error) {
    broken = await rollBack(tx)
    throw error
  } finally {
    tx.release(broken)
  }
}

/** Postgres ended this transaction so that another could go on; nothing of it remains and it may simply begin again. */
const retriedStates = ['40P01', '40001']

/**
 * `inTransaction`, begun anew when Postgres picked it as the victim of a deadlock: at most `tries` times in all.
 * `work` runs again from its start, so it must have no effect but through `tx`.
 */
export async function inRetriedTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  tries = 4,
): Promise<T> {
  try {
    return await inTransaction(db, work)
  } catch (error) {
    if (tries <= 1 || !retriedStates.includes(sqlState(error) ?? '')) throw error
    return await inRetriedTransaction(db, work, tries - 1)
  }
}

/** A connection that cannot even roll back is thrown away; Postgres rolls back for it. */
async function rollBack(tx: Tx): Promise<Error | undefined> {
  try {
    await tx.query('rollback')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Whether Postgres answers now. For probes: it says nothing about the next statement. */
export async function isDatabaseUp(db: Database): Promise<boolean> {
  return await db.pool.query('select 1').then(
    () => true,
    () => false,
  )
}

/** SQLSTATE of a failed statement; `undefined` when Postgres did not answer with one. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** Name of the constraint a failed statement ran into. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}
