import type { Deps } from '@greenroom/core'
import { isDatabaseUp } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { guardedBy, routeGuards } from './route-guards.ts'

export type Readiness = { draining: boolean }

/** `/healthz`: the process answers. `/readyz`: it should be sent work (Postgres answers, not draining). Redis may be away: it only hints. */
export function serveHealth(server: FastifyInstance, deps: Deps, readiness: Readiness): void {
  server.get('/healthz', guardedBy(routeGuards.open), () => ({ status: 'ok' }))
  server.get('/readyz', guardedBy(routeGuards.open), async (_request, reply) => {
    const isReady = !readiness.draining && (await isDatabaseUp(deps.db))
    return reply
      .status(isReady ? 200 : 503)
      .send({ status: isReady ? 'ready' : readiness.draining ? 'draining' : 'no database' })
  })
}
