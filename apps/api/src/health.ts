import type { Deps } from '@greenroom/core'
import { isDatabaseUp, isRedisUp } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { guardedBy, routeGuards } from './route-guards.ts'

export type Readiness = { draining: boolean }

/**
 * `/healthz`: the process answers. `/readyz`: it should be sent work: Postgres answers, and it is not draining. Redis may be away,
 * since it only hints: then it is ready all the same, and says so.
 */
export function serveHealth(server: FastifyInstance, deps: Deps, readiness: Readiness): void {
  server.get('/healthz', guardedBy(routeGuards.open), () => ({ status: 'ok' }))
  server.get('/readyz', guardedBy(routeGuards.open), async (_request, reply) => {
    if (readiness.draining) return reply.status(503).send({ status: 'draining' })
    const [hasDatabase, hasRedis] = await Promise.all([isDatabaseUp(deps.db), isRedisUp(deps.redis)])
    if (!hasDatabase) return reply.status(503).send({ status: 'no database' })
    return reply.send(hasRedis ? { status: 'ready' } : { status: 'ready', degraded: 'no redis' })
  })
}
