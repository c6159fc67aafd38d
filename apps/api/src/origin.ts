import { DomainError } from '@greenroom/contract'
import type { FastifyInstance } from 'fastify'
import type { ApiSettings } from './env.ts'

/** Whether a browser at `origin` may act with a cookie here. No Origin header: not a cross-site browser request. */
export function isOwnOrigin(settings: ApiSettings, origin: string | undefined): boolean {
  if (origin === undefined) return true
  if (origin === settings.publicOrigin) return true
  // In development the same server is reached under both of its loopback names.
  const loopback = [`http://localhost:${settings.port}`, `http://127.0.0.1:${settings.port}`]
  return loopback.includes(settings.publicOrigin) && loopback.includes(origin)
}

/** Cross-site request forgery: SameSite=Lax keeps most of it out, this check the rest. Reading (GET, HEAD) changes nothing. */
export function refuseForeignOrigins(server: FastifyInstance, settings: ApiSettings): void {
  server.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    if (!isOwnOrigin(settings, request.headers.origin)) throw new DomainError('FORBIDDEN', {})
  })
}
