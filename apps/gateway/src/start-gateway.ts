import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Deps, followLines, isOwnOrigin, listenBacklog } from '@greenroom/core'
import { Server } from 'socket.io'
import { answerEvent } from './answer-event.ts'
import { answerHttp } from './answer-http.ts'
import { authenticateSockets } from './authenticate.ts'
import { createBroadcasts } from './broadcast.ts'
import { closeRevokedSockets } from './close-revoked.ts'
import { countAddresses } from './count-addresses.ts'
import type { GatewaySettings } from './env.ts'
import { fanRoom, type GatewayServer, type GatewaySocket, isBehind, showRoom } from './gateway-socket.ts'
import { type EventGuards, eventGuards } from './guards.ts'
import type { Readiness } from './health.ts'
import { createGatewayMetrics } from './metrics.ts'
import { createLinePushes } from './push-entries.ts'
import { openSeatFeed } from './seat-feed.ts'
import { createSocketEvents, type SocketEvents } from './socket-events.ts'
import { createLineWatches } from './watch-lines.ts'
import { createShowWatches, type ShowWatches } from './watch-shows.ts'

export type Gateway = {
  port: number
  /** Not ready from now on, and takes no new sockets; those it has go on. */
  announceDrain: () => void
  /** Says goodbye, lets that arrive, and closes everything. */
  drain: () => Promise<void>
}

/** The largest message is a watch with a pass in it: 1 kB. */
const maxMessageBytes = 16_384
/** Enough for a goodbye to reach a phone. */
const goodbyeMs = 300

/**
 * Takes sockets on `settings.host` and `settings.port` (0: any free one) and hands on what Redis says. Decides nothing:
 * every message is a hint, and every room is chosen here. Needs `startSessionRevocations` first.
 */
export async function startGateway(
  deps: Deps,
  settings: GatewaySettings,
  guards: EventGuards = eventGuards,
): Promise<Gateway> {
  const readiness: Readiness = { draining: false, hasHeard: false }
  const metrics = createGatewayMetrics(deps, settings, {
    io: () => io,
    broadcasts: () => broadcasts,
    feed: () => feed,
  })
  const http = createServer(slowLimits(settings), answerHttp(deps, settings, { readiness, metrics }))
  // Node takes its own listener off a connection that asks for an upgrade; whoever hangs up then would end the process
  http.on('upgrade', (_request, connection) => {
    connection.on('error', (error) => deps.log.debug({ err: error }, 'an upgrade broke off'))
  })
  const addresses = countAddresses(settings)
  const io: GatewayServer = new Server(http, {
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: 10_000,
    allowRequest: (request, done) => {
      metrics.noteForwarded(request)
      const isAllowed = isOwnOrigin(settings.publicOrigin, request.headers.origin)
      // connections that have not said who they are yet count too
      const hasRoom =
        !readiness.draining &&
        io.engine.clientsCount < settings.maxSockets * 1.1 &&
        addresses.hasRoom(request)
      done(isAllowed ? (hasRoom ? null : 'no room') : 'origin not allowed', isAllowed && hasRoom)
    },
    cors: {
      origin: (origin, done) => done(null, isOwnOrigin(settings.publicOrigin, origin)),
      credentials: true,
    },
  })
  const broadcasts = createBroadcasts(io, metrics.noteBroadcast)
  const feed = openSeatFeed(deps, {
    sendFrame: (frame) => broadcasts.send(showRoom(frame.showId), 'seats', frame),
    sendHold: (fanId, hold) => {
      // nearly all holds are of fans with no socket here, and Socket.IO makes the message before it looks
      if (io.sockets.adapter.rooms.has(fanRoom(fanId))) io.to(fanRoom(fanId)).emit('hold', hold)
    },
    noteLag: metrics.noteSeatLag,
  })
  const lines = createLineWatches(deps)
  const shows = createShowWatches(io, deps, feed)
  // waits for Redis as long as it takes; until then this gateway is up but not ready
  const lineEvents = followLines(deps, createLinePushes(io, deps, broadcasts, { lines, shows })).then(
    (stop) => {
      readiness.hasHeard = true
      return stop
    },
  )
  addresses.watch(io)
  authenticateSockets(io, deps, { settings, addresses })
  const events = createSocketEvents(deps, { lines, shows }, guards)
  io.on('connection', (socket) => welcome(deps, socket, events, shows))
  const stopClosing = closeRevokedSockets(io, deps)
  const rechecks = setInterval(() => void shows.recheckAll(), settings.recheckEveryMs)

  await listen(http, settings)
  return {
    port: portOf(http.address()),
    announceDrain: () => {
      readiness.draining = true
    },
    drain: async () => {
      readiness.draining = true
      io.emit('bye', { retryAfterMs: retryHintMs(io.sockets.sockets.size) })
      await sleep(goodbyeMs)
      clearInterval(rechecks)
      stopClosing()
      await io.close()
      await feed.close()
      // a subscription that never stood ends with the process
      if (readiness.hasHeard) (await lineEvents)()
    },
  }
}

/** A head has 10 s to come, or less; Node looks each second. */
function slowLimits({ requestTimeoutMs }: GatewaySettings) {
  return {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(10_000, requestTimeoutMs),
    connectionsCheckingInterval: 1_000,
  }
}

function welcome(deps: Deps, socket: GatewaySocket, events: SocketEvents, shows: ShowWatches): void {
  forgetHandshake(socket)
  void socket.join(fanRoom(socket.data.session.accountId))
  socket.onAny((name: string, input: unknown, ack: unknown) => {
    const work = events.get(name)
    // who does not read the answers gets no more of them
    if (work !== undefined && !isBehind(socket))
      answerEvent(deps.log, socket.data.events, { name, work: () => work(socket, input) }, ack)
  })
  socket.on('disconnect', () => shows.forget(socket))
}

/**
 * What a socket said when it came (its request, headers and token) is of no use any more and would be kept as long as it
 * lives, 2 kB of it; nor does anybody here speak to a socket by its id, which Socket.IO has a room for.
 */
function forgetHandshake(socket: GatewaySocket): void {
  Reflect.set(socket.conn, 'request', undefined)
  Reflect.set(socket, 'handshake', forgottenHandshake)
  void socket.leave(socket.id)
}

const forgottenHandshake = Object.freeze({ headers: {}, query: {}, auth: {}, url: '', address: '' })

/** A full gateway's crowd spreads over ten seconds, a small one's comes back at once. */
function retryHintMs(sockets: number): number {
  return Math.min(10_000, 500 + Math.round(sockets / 2))
}

async function listen(
  http: ReturnType<typeof createServer>,
  { host, port }: Pick<GatewaySettings, 'host' | 'port'>,
): Promise<void> {
  const listening = Promise.withResolvers<undefined>()
  http.once('error', listening.reject)
  http.listen({ port, host, backlog: listenBacklog }, () => listening.resolve(undefined))
  await listening.promise
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the gateway listens on no port')
  return address.port
}
