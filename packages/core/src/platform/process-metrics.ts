import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import { isDatabaseUp } from './database.ts'
import type { Deps } from './deps.ts'
import { isRedisUp } from './redis.ts'

/** What every process tells of itself: memory, event loop and garbage, its pool, and whether Postgres and Redis answer it. */
export function registerProcessMetrics(registry: Registry, deps: Deps): void {
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'greenroom_database_pool_connections',
    help: 'Connections of the hot pool, by state; `waiting` are statements that wait for one, `limit` is how many there may be.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.db.pool
      this.set({ state: 'total' }, totalCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waiting' }, waitingCount)
      this.set({ state: 'limit' }, deps.settings.databasePoolSize)
    },
  })
  new Gauge({
    name: 'greenroom_dependency_up',
    help: 'Whether Postgres and Redis answer this process: 1 or 0.',
    labelNames: ['dependency'],
    registers: [registry],
    async collect() {
      const [hasDatabase, hasRedis] = await Promise.all([isDatabaseUp(deps.db), isRedisUp(deps.redis)])
      this.set({ dependency: 'postgres' }, hasDatabase ? 1 : 0)
      this.set({ dependency: 'redis' }, hasRedis ? 1 : 0)
    },
  })
}
