import { DomainError } from '@greenroom/contract'
import { isOwnOrigin } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import type { ApiSettings } from './env.ts'

/** Cross-site request forgery: SameSite=Lax keeps most of it out, this check the rest. Reading (GET, HEAD) changes nothing. */
export function refuseForeignOrigins(server: FastifyInstance, settings: ApiSettings): void {
  server.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    if (!isOwnOrigin(settings.publicOrigin, request.headers.origin)) throw new DomainError('FORBIDDEN', {})
  })
}
