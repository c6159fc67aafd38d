import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { toWireError } from '@greenroom/contract'
import {
  addressReader,
  isOwnOrigin,
  isSessionGood,
  openAddressSockets,
  type Session,
  sessionCookieOf,
  verifySessionCookie,
} from '@greenroom/core'
import { appRouter, type Context } from '@greenroom/router'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import { boundSubscriptions } from './bound-subscriptions.ts'
import type { ApiParts } from './build-server.ts'
import { readCaller } from './caller.ts'
import { limits } from './limits.ts'
import { countSocketCalls } from './socket-calls.ts'
import { noteCallOf } from './trpc-http.ts'

/** What tRPC's own client understands (TRPCReconnectNotification). */
const reconnect = JSON.stringify({ id: null, method: 'reconnect' })

/** tRPC over WebSocket at `/trpc`: the same procedures, and subscriptions. The upgrade checks Origin, because browsers send cookies with it. */
export function serveTrpcWebSocket(
  server: FastifyInstance,
  parts: ApiParts,
  maxSockets: number = limits.sockets,
): void {
  const addressOf = addressReader(parts.settings)
  const ofAddresses = openAddressSockets(parts.settings)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes })
  const calls = countSocketCalls()
  /** What each socket began with, which its calls are counted by. */
  const requests = new WeakMap<WebSocket, IncomingMessage>()
  applyWSSHandler({
    wss: sockets,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 10_000 },
    createContext: ({ req, info }) =>
      createContext(parts, {
        session: callerOf(server, parts, req, info.connectionParams),
        address: addressOf(req),
        beginCall: () => calls.begin(req),
      }),
  })
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener off a connection that asks for an upgrade; whoever hangs up then would end the process
    socket.on('error', (error) => parts.deps.log.debug({ err: error }, 'an upgrade broke off'))
    const path = request.url?.split('?')[0]
    if (path !== '/trpc' || !isOwnOrigin(parts.settings.publicOrigin, request.headers.origin)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    if (sockets.clients.size >= maxSockets) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\r\n')
      return
    }
    const address = addressOf(request)
    const refusal = ofAddresses.refusalOf(address)
    if (refusal !== undefined) {
      const body = JSON.stringify({ error: toWireError(refusal) })
      const lines = ['HTTP/1.1 429 Too Many Requests', 'retry-after: 10', 'content-type: application/json']
      socket.end(
        `${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      )
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.once('close', ofAddresses.enter(address).leave)
      requests.set(client, request)
      boundSubscriptions(client)
      sockets.emit('connection', client, request)
    })
  })
  // a client that is told to connect anew closes its socket at once: not before its calls are answered
  const sendAway = async (client: WebSocket): Promise<void> => {
    const request = requests.get(client)
    if (request !== undefined) await calls.over(request)
    if (client.readyState !== client.OPEN) return
    client.send(reconnect)
    client.close(1012, 'restart')
  }
  server.addHook('preClose', async () => {
    await Promise.all([...sockets.clients].map(sendAway))
    sockets.close()
  })
}

function callerOf(
  server: FastifyInstance,
  { deps, settings }: ApiParts,
  request: IncomingMessage,
  params: Record<string, string | undefined> | null,
): Session | null {
  return readCaller(deps, params?.token ?? request.headers.authorization, () => {
    const cookies = server.parseCookie(request.headers.cookie ?? '')
    return verifySessionCookie(deps, sessionCookieOf(settings.publicOrigin), (name) => cookies[name])
  })
}

/** One context for all calls of a socket, which may stay open for days: each call asks anew whether its session is good. */
function createContext(
  parts: ApiParts,
  { session, address, beginCall }: { session: Session | null; address: string; beginCall: () => () => void },
): Context {
  const { deps, seatMirror } = parts
  return {
    deps,
    seatMirror,
    noteCall: noteCallOf(parts, 'websocket'),
    get session() {
      return session !== null && isSessionGood(deps, session) ? session : null
    },
    requestId: randomUUID(),
    address,
    setSessionCookie: () => undefined,
    beginCall,
  }
}
