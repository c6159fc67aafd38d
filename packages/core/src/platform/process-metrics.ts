import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import { isDatabaseUp } from './database.ts'
import type { Deps } from './deps.ts'
import { inTime } from './in-time.ts'
import { isRedisUp } from './redis.ts'

/** Prometheus waits 10 s for a scrape; a server that stands still must not take all the other numbers with it. */
const answerWithinMs = 2_000

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
    help: 'Whether Postgres and Redis answer this process within 2 s: 1 or 0. A pool that is full is no answer.',
    labelNames: ['dependency'],
    registers: [registry],
    async collect() {
      const [hasDatabase, hasRedis] = await Promise.all([
        inTime(isDatabaseUp(deps.db), answerWithinMs).catch(() => false),
        inTime(isRedisUp(deps.redis), answerWithinMs).catch(() => false),
      ])
      this.set({ dependency: 'postgres' }, hasDatabase ? 1 : 0)
      this.set({ dependency: 'redis' }, hasRedis ? 1 : 0)
    },
  })
}
