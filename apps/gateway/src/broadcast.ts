import { setImmediate as nextTurn } from 'node:timers/promises'
import type { QueueProgress, SeatFrame } from '@greenroom/contract'
import { inSpan } from '@greenroom/core'
import { type GatewayServer, type GatewaySocket, isBehind, socketsIn } from './gateway-socket.ts'
import { encodeServerMessage } from './server-message.ts'

/** Sockets written to before anything else has its turn: some 8 ms of a core. */
const sliceSize = 1_000

/**
 * What a socket may have left to read before a broadcast passes it by. 64 kB are 100 frames, so such a client is 10 s behind or
 * gone; it sees the gap in the next frame it gets, and asks for what it missed.
 */
const maxUnreadBytes = 65_536

/** What whole rooms are told. */
type RoomMessage = ['seats', SeatFrame] | ['queue', QueueProgress]

export type Broadcasts = {
  /**
   * Sends one message to everybody in a room, and resolves when all were written to. A hint, as everything here: who does
   * not read is passed by.
   */
  send: (room: string, ...message: RoomMessage) => Promise<void>
  /** Messages handed over, and those that somebody who does not read was spared, since the start. */
  counts: () => { sent: number; skipped: number }
}

/**
 * Socket.IO's own broadcast makes a packet, emits six events and calls back for each socket, which costs as much again as
 * the writing. Here the finished bytes go to the socket's stream in one write. A socket that does not speak WebSocket (long
 * polling, or one that began so) gets the same message from Socket.IO.
 */
export function createBroadcasts(
  io: GatewayServer,
  noteBroadcast: (event: RoomMessage[0], elapsedMs: number) => void,
): Broadcasts {
  let sent = 0
  let skipped = 0
  const sendOne = (socket: GatewaySocket, bytes: Buffer, message: RoomMessage): void => {
    const { stream } = socket.data
    if (!socket.connected) return
    if (stream === undefined ? isBehind(socket) : stream.writableLength > maxUnreadBytes) {
      skipped += 1
      return
    }
    sent += 1
    if (stream === undefined) emitPlainly(socket, message)
    else if (stream.writable) stream.write(bytes)
  }
  return {
    send: async (room, ...message) => {
      const beganMs = performance.now()
      const bytes = encodeServerMessage(message)
      const sockets = socketsIn(io, room)
      const attributes = {
        'messaging.destination.name': room,
        'messaging.batch.message_count': sockets.length,
      }
      await inSpan(`broadcast ${message[0]}`, { kind: 'PRODUCER', attributes }, async () => {
        for (let first = 0; first < sockets.length; first += sliceSize) {
          if (first > 0) await nextTurn()
          for (const socket of sockets.slice(first, first + sliceSize)) sendOne(socket, bytes, message)
        }
      })
      noteBroadcast(message[0], performance.now() - beganMs)
    },
    counts: () => ({ sent, skipped }),
  }
}

/** The same by way of Socket.IO; a list of both events' arguments is more than its types can follow. */
function emitPlainly(socket: GatewaySocket, message: RoomMessage): void {
  if (message[0] === 'seats') socket.emit('seats', message[1])
  else socket.emit('queue', message[1])
}
