import type { QueryConfig } from 'pg'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from './as-owner.ts'

export type BreakPoint =
  /** The connection dies before Postgres gets statement `n` (1 is BEGIN). */
  | { before: number }
  /** Postgres commits, and the connection dies before its answer arrives. */
  | 'afterCommit'
  /** The same for the first time that the named statement is a transaction of its own. */
  | { after: string }

/**
 * The same database, but the first connection taken dies at a chosen statement: Postgres is told to end the real backend,
 * as a crash of the process or the network would. `statements` says how many were sent over that connection.
 */
export function breakingDeps(deps: Deps, breakPoint: BreakPoint): { deps: Deps; statements: () => number } {
  let sent = 0
  const { pool } = deps.db
  let hasConnected = false
  let hasBroken = false
  const connect = async (): Promise<Tx> => {
    const client = await pool.connect()
    if (hasConnected) return client
    hasConnected = true
    const { pid } = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0] ?? {
      pid: 0,
    }
    const kill = () => asOwner(deps, (tx) => tx.query('select pg_terminate_backend($1, 5000)', [pid]))
    return new Proxy(client, {
      get: (target, property) => {
        if (property !== 'query') {
          const value: unknown = Reflect.get(target, property)
          return typeof value === 'function' ? value.bind(target) : value
        }
        return async (statement: string | QueryConfig, values?: unknown[]): Promise<unknown> => {
          sent += 1
          if (typeof breakPoint === 'object' && 'before' in breakPoint && sent === breakPoint.before)
            await kill()
          const result = await target.query(statement, values)
          if (breakPoint === 'afterCommit' && statement === 'commit') {
            await kill()
            throw new Error('the connection died')
          }
          return result
        }
      },
    })
  }
  const query = async (statement: QueryConfig): Promise<unknown> => {
    const result = await pool.query(statement)
    const isChosen =
      typeof breakPoint === 'object' && 'after' in breakPoint && breakPoint.after === statement.name
    if (!isChosen || hasBroken) return result
    hasBroken = true
    throw new Error('the connection died')
  }
  const breakingPool = new Proxy(pool, {
    get: (target, property) => {
      if (property === 'connect') return connect
      if (property === 'query') return query
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { deps: { ...deps, db: { ...deps.db, pool: breakingPool } }, statements: () => sent }
}
