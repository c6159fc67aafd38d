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
  return watchingDatabase(deps, async (query, run) => {
    if (!hasMeddled && query.name === statement) {
      hasMeddled = true
      await meddle()
    }
    return await run()
  })
}

/** How many of the named statement Postgres had to work on at the same time, outside of transactions. */
export function countingDatabase(deps: Deps, statement: string): { deps: Deps; mostAtOnce: () => number } {
  let underWay = 0
  let mostAtOnce = 0
  const counting = watchingDatabase(deps, async (query, run) => {
    if (query.name !== statement) return await run()
    underWay += 1
    mostAtOnce = Math.max(mostAtOnce, underWay)
    return await run().finally(() => (underWay -= 1))
  })
  return { deps: counting, mostAtOnce: () => mostAtOnce }
}

function watchingDatabase(
  deps: Deps,
  watch: (query: QueryConfig, run: () => Promise<unknown>) => Promise<unknown>,
): Deps {
  const pool = new Proxy(deps.db.pool, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property)
      if (typeof value !== 'function') return value
      if (property !== 'query') return value.bind(target) as unknown
      return async (query: string | QueryConfig): Promise<unknown> =>
        typeof query === 'string'
          ? await target.query(query)
          : await watch(query, async () => await target.query(query))
    },
  })
  return { ...deps, db: { ...deps.db, pool } }
}
