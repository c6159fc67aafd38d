import { randomUUID } from 'node:crypto'
import {
  createLoadWindow,
  type Deps,
  type LoadWindow,
  recallTitle,
  type SeatMirror,
  trustedProxies,
} from '@greenroom/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { serveBullBoard } from './bull-board.ts'
import type { NoteCall } from './call-metrics.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { answerFailures, sendFailure } from './failures.ts'
import type { ApiSettings } from './env.ts'
import { serveExports } from './exports.ts'
import { serveGeometry } from './geometry.ts'
import { type Readiness, serveHealth } from './health.ts'
import { isOverload, noteCalls } from './load/note-calls.ts'
import { serveMetrics } from './metrics.ts'
import { limits } from './limits.ts'
import { refuseForeignOrigins } from './origin.ts'
import { kindOfProcedure } from './overload/call-kind.ts'
import { shedOverload } from './overload/shed-overload.ts'
import { type GuardedRoute, guardRoutes } from './route-guards.ts'
import { serveRest } from './rest/serve-rest.ts'
import { serveSeatPlans } from './seat-plans.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { registerCookies } from './session-cookie.ts'
import { traceRequests } from './trace-requests.ts'
import { serveTrpcHttp } from './trpc-http.ts'
import { serveTrpcWebSocket } from './trpc-websocket.ts'
import { serveWeb } from './web-files.ts'

export type ApiParts = {
  deps: Deps
  seatMirror: SeatMirror
  settings: ApiSettings
  /** Told of each call of a procedure; tests of a part leave it out. */
  noteCall?: NoteCall | undefined
}
export type Api = {
  server: FastifyInstance
  readiness: Readiness
  /** How busy it is, for whoever tells others. */
  loadWindow: LoadWindow
  /** Everything that is served, with its guard. */
  routes: () => GuardedRoute[]
}

/** The whole HTTP surface on one server, not yet listening. */
export async function buildServer(parts: ApiParts): Promise<Api> {
  const server = Fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: parts.settings.requestTimeoutMs,
    forceCloseConnections: 'idle',
    // what comes on a busy connection while we drain is answered like everything before it, and ends the connection
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies(parts.settings),
    routerOptions: { maxParamLength: limits.parameterLength, ignoreTrailingSlash: true },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      sendFailure(request, reply, error, parts.deps.log)
    },
    // Java's client offers HTTP/2 with every first request (`Upgrade: h2c`): who speaks no WebSocket is answered as asked
    http: {
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
      headersTimeout: Math.min(limits.headTimeoutMs, parts.settings.requestTimeoutMs),
      connectionsCheckingInterval: limits.slowCheckMs,
    },
  })
  const readiness: Readiness = { draining: false }
  sendAway(server, readiness)

  answerFailures(server, parts.deps.log)
  setSecurityHeaders(server, parts.settings)
  const loadWindow = createLoadWindow()
  const calls = noteCalls(server, loadWindow)
  const load = shedOverload(server)
  calls.afterTurns()
  traceRequests(server)
  await registerCookies(server, parts.settings)
  refuseForeignOrigins(server, parts.settings)
  const routes = guardRoutes(server, parts)

  serveHealth(server, readiness)
  const noteMetrics = serveMetrics(server, parts, load)
  const noteCall: NoteCall = (transport, call, request) => {
    noteMetrics(transport, call)
    if (call.outcome !== 'done') calls.noteRefusal(call.outcome, request)
    // those over HTTP are noted with their wait for a turn
    if (transport === 'websocket' && call.type !== 'subscription' && !isOverload(call.outcome))
      loadWindow.noteCall(kindOfProcedure(call.path), call.elapsedMs)
  }
  const noted = { ...parts, noteCall }
  await serveBullBoard(server, parts.deps)
  serveExports(server, parts.deps)
  serveSeatPlans(server, parts.deps)
  await serveTrpcHttp(server, noted)
  serveTrpcWebSocket(server, noted)
  serveGeometry(server, parts.deps)
  await serveRest(server, noted)
  serveWeb(server, {
    settings: parts.settings,
    recallTitle: (concertId) => recallTitle(parts.deps, concertId),
  })
  return { server, readiness, loadWindow, routes }
}

/** Who is answered while we drain comes back on another connection, which leads to whoever is ready. */
function sendAway(server: FastifyInstance, readiness: Readiness): void {
  server.addHook('onRequest', (_request, reply, done) => {
    if (readiness.draining) void reply.header('connection', 'close')
    done()
  })
}
