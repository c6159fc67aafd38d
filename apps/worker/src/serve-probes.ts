import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Deps, isDatabaseUp, isMetricsToken, isRedisUp, verifySession } from '@greenroom/core'
import type { WorkerMetrics } from './metrics.ts'

export type Probes = { port: number; announceDrain: () => void; close: () => Promise<void> }

/** Probes and scrapes are small; whoever says more, or says it slowly, is none of them. */
const limits = { requestTimeout: 5_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }

/**
 * `/healthz`: the process answers. `/readyz`: Postgres and Redis have answered it once, and it is not about to go; what is away later is away
 * from every worker, and waited for. `/metrics`: for whoever shows the token or an operator's session as bearer.
 */
export async function serveProbes(
  deps: Deps,
  metrics: WorkerMetrics,
  listenOn: { host: string; port: number },
): Promise<Probes> {
  let isDraining = false
  let hasBegun = false
  const readiness = async (): Promise<Answer> => {
    if (isDraining) return [503, { status: 'draining' }]
    hasBegun ||= await doBothAnswer(deps)
    return hasBegun ? [200, { status: 'ready' }] : [503, { status: 'starting' }]
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0]
    if (path === '/healthz') return sendJson(response, 200, { status: 'ok' })
    if (path === '/readyz') return sendJson(response, ...(await readiness()))
    if (path !== '/metrics') return sendJson(response, 404, { status: 'not found' })
    const refused = refusalOf(deps, request.headers.authorization)
    if (refused !== undefined) return sendJson(response, ...refused)
    const { contentType, text } = await metrics.tell()
    response.writeHead(200, { 'content-type': contentType }).end(text)
  }
  const server = createServer(limits, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a probe could not be answered')
      response.destroy()
    })
  })
  server.maxConnections = 100
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listenOn.port, listenOn.host, resolve)
  })
  return {
    port: portOf(server.address()),
    announceDrain: () => {
      isDraining = true
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

type Answer = [status: number, body: Record<string, string>]

async function doBothAnswer(deps: Deps): Promise<boolean> {
  const [hasDatabase, hasRedis] = await Promise.all([isDatabaseUp(deps.db), isRedisUp(deps.redis)])
  return hasDatabase && hasRedis
}

function refusalOf(deps: Deps, authorization: string | undefined): Answer | undefined {
  if (isMetricsToken(deps, authorization)) return undefined
  const session = verifySession(deps, authorization?.replace(/^Bearer\s+/i, '') ?? '')
  if (session === undefined) return [401, { status: 'sign in' }]
  return session.role === 'operator' ? undefined : [403, { status: 'operators only' }]
}

function sendJson(response: ServerResponse, ...[status, body]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
