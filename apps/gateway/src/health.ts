import type { IncomingMessage, ServerResponse } from 'node:http'

export type Readiness = {
  draining: boolean
  /** What Redis says has reached it once. Never taken back: a Redis that goes away goes away from every gateway. */
  hasHeard: boolean
}

/**
 * `/healthz`: the process answers. `/readyz`: it should be sent sockets, because it has begun to hear what Redis says and is not about
 * to go; a Redis that is away later is no reason to send its sockets elsewhere. Everything else that is not Socket.IO's: 404.
 */
export function answerHealth(readiness: Readiness, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?')[0]
  const [status, text] =
    path === '/healthz' ? [200, 'ok'] : path === '/readyz' ? readyStatus(readiness) : [404, 'not found']
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ status: text }))
}

function readyStatus({ draining, hasHeard }: Readiness): [number, string] {
  if (draining) return [503, 'draining']
  return hasHeard ? [200, 'ready'] : [503, 'starting']
}
