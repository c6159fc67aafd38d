import { DomainError } from '@greenroom/contract'
import { isOwnOrigin } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import type { ApiSettings } from './env.ts'

/** Cross-site request forgery: SameSite=Lax keeps most of it out, this check the rest. Reading (GET, HEAD) changes nothing. */
export function refuseForeignOrigins(server: FastifyInstance, settings: ApiSettings): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    const isOurs = isReading || isOwnOrigin(settings.publicOrigin, request.headers.origin)
    done(isOurs ? undefined : new DomainError('FORBIDDEN', {}))
  })
}
