import type { QueryConfig } from 'pg'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

/**
 * The same database for a process that dies right before its statement number `after` + 1, whichever connection it would go
 * over: what it had begun is rolled back, and it says nothing more. `statements`: how many it sent.
 */
export function dyingDeps(deps: Deps, after: number): { deps: Deps; statements: () => number } {
  let sent = 0
  const { pool } = deps.db
  const live = (): void => {
    sent += 1
    if (sent > after) throw new Error('the process died')
  }
  const connect = async (): Promise<Tx> => {
    const client = await pool.connect()
    return new Proxy(client, {
      get: (target, property) => {
        if (property === 'release') {
          // a connection of the dead is closed with whatever was open on it
          return (error?: Error) => target.release(sent > after ? new Error('the process died') : error)
        }
        if (property === 'query') {
          return async (statement: string | QueryConfig, values?: unknown[]): Promise<unknown> => {
            live()
            return await target.query(statement, values)
          }
        }
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  const dyingPool = new Proxy(pool, {
    get: (target, property) => {
      if (property === 'connect') return connect
      if (property === 'query') {
        return async (statement: string | QueryConfig, values?: unknown[]): Promise<unknown> => {
          live()
          return await target.query(statement, values)
        }
      }
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { deps: { ...deps, db: { ...deps.db, pool: dyingPool } }, statements: () => sent }
}
