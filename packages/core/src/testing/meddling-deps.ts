import type { QueryConfig } from 'pg'
import type { Deps } from '../platform/deps.ts'

/**
 * The same stores, but `meddle` happens right before command `nth` of this kind reaches Redis: what another device or a
 * fault does between two steps of one call.
 */
export function meddlingDeps(
  deps: Deps,
  at: { command: 'evalsha' | 'publish'; nth: number },
  meddle: () => Promise<unknown>,
): Deps {
  let seen = 0
  const redis = new Proxy(deps.redis, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (property !== at.command) return value.bind(target) as unknown
      return async (...args: unknown[]): Promise<unknown> => {
        seen += 1
        if (seen === at.nth) await meddle()
        return (await Reflect.apply(value, target, args)) as unknown
      }
    },
  })
  return { ...deps, redis }
}

/** The same for the first time that the named statement reaches Postgres outside of a transaction. */
export function meddlingDatabase(deps: Deps, statement: string, meddle: () => Promise<unknown>): Deps {
  let hasMeddled = false
  const pool = new Proxy(deps.db.pool, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (property !== 'query') return value.bind(target) as unknown
      return async (query: string | QueryConfig): Promise<unknown> => {
        if (!hasMeddled && typeof query !== 'string' && query.name === statement) {
          hasMeddled = true
          await meddle()
        }
        return await target.query(query)
      }
    },
  })
  return { ...deps, db: { ...deps.db, pool } }
}
