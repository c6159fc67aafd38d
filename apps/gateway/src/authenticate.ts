import type { Duplex } from 'node:stream'
import { DomainError, toWireError } from '@greenroom/contract'
import { type Deps, type Session, tooManySockets, verifySession } from '@greenroom/core'
import { z } from 'zod'
import { openEventQueue } from './answer-event.ts'
import type { AddressCounts } from './count-addresses.ts'
import type { GatewaySettings } from './env.ts'
import { fanRoom, type GatewayServer, type GatewaySocket } from './gateway-socket.ts'
import { sessionOfCookies } from './session-token.ts'

const handshakeAuth = z.object({ token: z.string().min(1).max(4_096).optional() })

/**
 * Lets nobody connect without a session: a bearer token in `auth`, else the page's cookie. Refuses with
 * SIGN_IN_REQUIRED, RATE_LIMITED (too many sockets of one account or address, or a second one on a connection) or OVERLOADED (this gateway is full), as the
 * `data` of `connect_error`.
 */
export function authenticateSockets(
  io: GatewayServer,
  deps: Deps,
  rules: { settings: GatewaySettings; addresses: Pick<AddressCounts, 'isWithin'> },
): void {
  const admitted: Admitted = new WeakSet()
  io.use((socket, next) => {
    const refusal = admitSocket(io, deps, rules, socket, admitted)
    if (refusal === undefined) next()
    else next(Object.assign(new Error(refusal.code), { data: toWireError(refusal) }))
  })
}

/**
 * Connections that have their socket. Each has one: whoever says hello twice would be counted as one and cost as many, and what the
 * first hello was told with is forgotten by the second.
 */
type Admitted = WeakSet<GatewaySocket['conn']>

function admitSocket(
  io: GatewayServer,
  deps: Deps,
  { settings, addresses }: { settings: GatewaySettings; addresses: Pick<AddressCounts, 'isWithin'> },
  socket: GatewaySocket,
  admitted: Admitted,
): DomainError | undefined {
  if (admitted.has(socket.conn)) return new DomainError('RATE_LIMITED', { retryAfterMs: 10_000 })
  if (!addresses.isWithin(socket.conn)) return tooManySockets()
  const session = readSession(deps, settings, socket)
  if (session === undefined) return new DomainError('SIGN_IN_REQUIRED', {})
  if (io.sockets.sockets.size >= settings.maxSockets) {
    return new DomainError('OVERLOADED', { retryAfterMs: 5_000 })
  }
  const own = io.sockets.adapter.rooms.get(fanRoom(session.accountId))?.size ?? 0
  if (own >= settings.maxSocketsPerAccount) return new DomainError('RATE_LIMITED', { retryAfterMs: 10_000 })
  admitted.add(socket.conn)
  socket.data = { session, stream: streamOf(socket), events: openEventQueue(), lines: [], shows: [] }
  return undefined
}

function readSession(deps: Deps, settings: GatewaySettings, socket: GatewaySocket): Session | undefined {
  const auth = handshakeAuth.safeParse(socket.handshake.auth)
  if (auth.success && auth.data.token !== undefined) return verifySession(deps, auth.data.token)
  return sessionOfCookies(deps, settings, socket.handshake.headers.cookie)
}

/** A socket that upgrades later is not looked at again: browsers begin with WebSocket. */
function streamOf({ conn }: GatewaySocket): Duplex | undefined {
  return conn.transport.name === 'websocket' ? conn.request.socket : undefined
}
