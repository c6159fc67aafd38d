import type { FastifyRequest } from 'fastify'
import { type CallKind, callKindOf } from './call-kind.ts'

/** The kind of a request's route is looked up once for each; that of a batch is in its path. */
export function rememberKinds(): (request: FastifyRequest) => CallKind {
  const kinds = new Map<string, CallKind>()
  return (request) => {
    // Fastify makes these options anew each time they are read
    const { url: route } = request.routeOptions
    const procedures = batchOf(request, route)
    if (procedures !== undefined) return callKindOf(request.method, route, procedures)
    const key = `${request.method} ${route}`
    const known = kinds.get(key) ?? callKindOf(request.method, route, undefined)
    kinds.set(key, known)
    return known
  }
}

/** The procedures of a call on the stock adapter's route, which takes whatever has none of its own. */
export function batchOf({ params }: FastifyRequest, route: string | undefined): string | undefined {
  if (route !== '/trpc/:path') return undefined
  const path: unknown = Reflect.get(Object(params), 'path')
  return typeof path === 'string' ? path : ''
}
