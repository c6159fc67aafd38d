import { isTracing, openSpan, readParent } from '@greenroom/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

type RequestSpan = ReturnType<typeof openSpan>

/**
 * While tracing is on, each request is a span, in the caller's trace when it says one (W3C `traceparent`), and whatever its
 * handler does is below it. Routes are told by their pattern: the address itself may hold a ticket's code.
 */
export function traceRequests(server: FastifyInstance): void {
  if (!isTracing()) return
  const spans = new WeakMap<FastifyRequest, RequestSpan>()
  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const attributes = { 'http.request.method': request.method, 'http.route': route }
    const parent = readParent(request.headers)
    spans.set(request, openSpan(`${request.method} ${route}`, { kind: 'SERVER', attributes, parent }))
    done()
  })
  // not in onRequest: whoever waited there for a turn is called back from somebody else's request
  server.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request)
    if (span === undefined) done()
    else span.run(done)
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { span } = spans.get(request) ?? {}
    span?.setAttribute('http.response.status_code', reply.statusCode)
    if (reply.statusCode >= 500) span?.setAttribute('error.type', String(reply.statusCode))
    span?.end()
    done()
  })
  server.addHook('onRequestAbort', (request, done) => {
    const { span } = spans.get(request) ?? {}
    span?.setAttribute('error.type', 'aborted')
    span?.end()
    done()
  })
}
