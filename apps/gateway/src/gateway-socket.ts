import type { Duplex } from 'node:stream'
import type { ClientEvents, ConcertId, ServerEvents, ShowId } from '@greenroom/contract'
import type { Session } from '@greenroom/core'
import type { Server, Socket } from 'socket.io'
import type { EventQueue } from './answer-event.ts'

/** What the gateway knows of one connection; gone with it. */
type SocketData = {
  session: Session
  /** Where broadcasts are written; none for a socket that does not speak WebSocket. */
  stream: Duplex | undefined
  events: EventQueue
  /** Lines watched. A list each, as short as they are: a set or a map costs 200 bytes when it is empty. */
  lines: readonly ConcertId[]
  /** Shows watched, each with the pass that lets it; an operator's without. */
  shows: readonly WatchedShow[]
}
type WatchedShow = { showId: ShowId; concertId: ConcertId; pass: string | undefined }

type NoEvents = Record<string, never>
export type GatewayServer = Server<ClientEvents, ServerEvents, NoEvents, SocketData>
export type GatewaySocket = Socket<ClientEvents, ServerEvents, NoEvents, SocketData>

/** Rooms are named here and joined by the server alone: a client never says a room. */
export const lineRoom = (concertId: ConcertId): string => `line:${concertId}`
export const showRoom = (showId: ShowId): string => `show:${showId}`
export const fanRoom = (fanId: number): string => `fan:${fanId}`

/** The sockets of one room on this gateway. */
export function socketsIn(io: GatewayServer, room: string): GatewaySocket[] {
  const ids = io.sockets.adapter.rooms.get(room) ?? new Set<string>()
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? [])
}

/** Messages of Socket.IO's own way that may wait for a client; a page that polls takes what came in a second at once. */
const maxUnsent = 100

/**
 * Whether a client left so much unread that nothing more is said to it: Socket.IO would keep it all for as long as the client says
 * that it lives, which it may without reading.
 */
export function isBehind({ conn }: GatewaySocket): boolean {
  const unsent: unknown = Reflect.get(conn, 'writeBuffer')
  return Array.isArray(unsent) && unsent.length >= maxUnsent
}
