import type { IncomingMessage, ServerResponse } from 'node:http'

export type Readiness = { draining: boolean; isLive: () => boolean }

/**
 * `/healthz`: the process answers. `/readyz`: it should be sent sockets, because what Redis says reaches it and it is not
 * about to go. Everything else that is not Socket.IO's: 404.
 */
export function answerHealth(readiness: Readiness, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?')[0]
  const [status, text] =
    path === '/healthz' ? [200, 'ok'] : path === '/readyz' ? readyStatus(readiness) : [404, 'not found']
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: text }))
}

function readyStatus(readiness: Readiness): [number, string] {
  if (readiness.draining) return [503, 'draining']
  return readiness.isLive() ? [200, 'ready'] : [503, 'no redis']
}
