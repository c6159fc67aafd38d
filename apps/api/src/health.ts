import type { FastifyInstance } from 'fastify'
import { guardedBy, routeGuards } from './route-guards.ts'

export type Readiness = { draining: boolean }

/**
 * `/healthz`: the process answers. `/readyz`: it should be sent work, because it is not about to go. It listens once Postgres has answered
 * it, and Postgres or Redis away later is away from every api: then they refuse by name, and pages load. Asks nobody, so a full pool does not keep the answer.
 */
export function serveHealth(server: FastifyInstance, readiness: Readiness): void {
  server.get('/healthz', guardedBy(routeGuards.open), () => ({ status: 'ok' }))
  server.get('/readyz', guardedBy(routeGuards.open), (_request, reply) =>
    readiness.draining ? reply.status(503).send({ status: 'draining' }) : reply.send({ status: 'ready' }),
  )
}
