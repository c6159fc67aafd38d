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
import { appRouter, type Context, toTrpcError } from '@greenroom/router'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ApiParts } from './build-server.ts'
import { readCaller } from './caller.ts'
import { limits } from './limits.ts'
import { countSocketCalls } from './socket-calls.ts'
import { guardSocket, type SocketLimits } from './trpc/guard-socket.ts'
import { openSignedInSockets } from './trpc/signed-in-sockets.ts'
import { noteCallOf } from './trpc-http.ts'

/** What tRPC's own client understands (TRPCReconnectNotification). */
const reconnect = JSON.stringify({ id: null, method: 'reconnect' })

/** tRPC over WebSocket at `/trpc`: the same procedures, and subscriptions. The upgrade checks Origin, because browsers send cookies with it. */
export function serveTrpcWebSocket(
  server: FastifyInstance,
  parts: ApiParts,
  own: Partial<SocketLimits & Record<'sockets' | 'socketsPerAccount', number>> = {},
): void {
  const most = { ...limits, ...own }
  const addressOf = addressReader(parts.settings)
  const ofAddresses = openAddressSockets(parts.settings)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes })
  const calls = countSocketCalls()
  /** What each socket began with, which its calls are counted by. */
  const requests = new WeakMap<WebSocket, IncomingMessage>()
  const signedIn = openSignedInSockets(parts.deps, most.socketsPerAccount)
  const contextOf = (client: WebSocket, request: IncomingMessage, params: ConnectionParams): Context => {
    const session = callerOf(server, parts, request, params)
    const refusal = session === null ? undefined : signedIn.enter(client, session)
    if (refusal !== undefined) throw toTrpcError(refusal)
    return createContext(parts, {
      session,
      address: addressOf(request),
      beginCall: () => calls.begin(request),
    })
  }
  /** One handler a socket, since what a socket may do is counted where its messages are read and its answers written. */
  const serve = (client: WebSocket, request: IncomingMessage, url: URL): void => {
    // as tRPC reads it: the first message says who calls
    const expectsParams = url.searchParams.get('connectionParams') === '1'
    const handle = getWSConnectionHandler({
      wss: sockets,
      router: appRouter,
      keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 10_000 },
      createContext: ({ info }) => contextOf(client, request, info.connectionParams),
      experimental_encoder: guardSocket(client, expectsParams, most),
    })
    handle(client, request)
  }
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener off a connection that asks for an upgrade; whoever hangs up then would end the process
    socket.on('error', (error) => parts.deps.log.debug({ err: error }, 'an upgrade broke off'))
    const url = urlOf(request)
    // tRPC would throw where nobody catches it, which ends the process
    if (url === undefined) {
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
      return
    }
    const path = request.url?.split('?')[0]
    if (path !== '/trpc' || !isOwnOrigin(parts.settings.publicOrigin, request.headers.origin)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    if (sockets.clients.size >= most.sockets) {
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
      serve(client, request, url)
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
    signedIn.stop()
    sockets.close()
  })
}

type ConnectionParams = Record<string, string | undefined> | null

/** `undefined` where what the caller says of it, the `Host` too, is none. */
function urlOf({ url = '/', headers: { host = 'localhost' } }: IncomingMessage): URL | undefined {
  const base = `http://${host}`
  return URL.canParse(url, base) ? new URL(url, base) : undefined
}

function callerOf(
  server: FastifyInstance,
  { deps, settings }: ApiParts,
  request: IncomingMessage,
  params: ConnectionParams,
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
