import { type Deps, readGeometry } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { guardedBy, routeGuards } from './route-guards.ts'

/** A seat plan's geometry under the hash of its bytes: it can never change, so a browser keeps it for ever. */
export function serveGeometry(server: FastifyInstance, deps: Deps): void {
  server.get<{ Params: { hash: string } }>(
    '/geometry/:hash.bin',
    guardedBy(routeGuards.browse),
    async (request, reply) => {
      const file = await readGeometry(deps, request.params.hash)
      const wantsBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
      reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding')
      reply.type('application/octet-stream')
      return wantsBrotli ? reply.header('content-encoding', 'br').send(file.brotli) : reply.send(file.bytes)
    },
  )
}
