import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Deps, registerForwardedWords, registerProcessMetrics } from '@greenroom/core'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Broadcasts } from './broadcast.ts'
import type { GatewaySettings } from './env.ts'
import type { GatewayServer } from './gateway-socket.ts'
import type { SeatFeed } from './seat-feed.ts'

export type GatewayMetrics = {
  /** How long a message took from the first socket of its room to the last. */
  noteBroadcast: (event: 'seats' | 'queue', elapsedMs: number) => void
  /** Of each handshake: through which proxies it came, and whether those are known. */
  noteForwarded: (request: IncomingMessage) => void
  /** How long after it was published the oldest change of a frame was written to everybody. */
  noteSeatLag: (lagMs: number) => void
  /** `/metrics`, for whoever may read it. */
  answer: (response: ServerResponse) => Promise<void>
}

/** This process, its sockets and rooms, whether its proxy is known, what became of the messages to whole rooms, and how far behind the shows' streams it is. */
export function createGatewayMetrics(
  deps: Deps,
  settings: Pick<GatewaySettings, 'trustProxy'>,
  read: { io: () => GatewayServer; broadcasts: () => Broadcasts; feed: () => SeatFeed },
): GatewayMetrics {
  const registry = new Registry()
  const registers = [registry]
  registerProcessMetrics(registry, deps)
  new Gauge({
    name: 'greenroom_gateway_sockets',
    help: 'Sockets that have said who they are.',
    registers,
    collect() {
      this.set(read.io().sockets.sockets.size)
    },
  })
  new Gauge({
    name: 'greenroom_gateway_rooms',
    help: 'Lines and shows that somebody here watches.',
    labelNames: ['kind'],
    registers,
    collect() {
      const rooms = [...read.io().sockets.adapter.rooms.keys()]
      for (const kind of ['line', 'show'])
        this.set({ kind }, rooms.filter((room) => room.startsWith(`${kind}:`)).length)
    },
  })
  new Counter({
    name: 'greenroom_gateway_messages_total',
    help: 'Messages to rooms, by socket: sent, or skipped because the client had not read the last ones.',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset()
      const { sent, skipped } = read.broadcasts().counts()
      this.inc({ result: 'sent' }, sent)
      this.inc({ result: 'skipped' }, skipped)
    },
  })
  const durationSeconds = new Histogram({
    name: 'greenroom_gateway_broadcast_duration_seconds',
    help: 'From the first socket of a room to the last, by event.',
    labelNames: ['event'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  })
  new Gauge({
    name: 'greenroom_gateway_seat_stream_live',
    help: 'Whether this gateway reads the streams of the shows that are watched here: 1 or 0. With none to read it is 1.',
    registers,
    collect() {
      this.set(read.feed().isLive() ? 1 : 0)
    },
  })
  const seatLagSeconds = new Histogram({
    name: 'greenroom_gateway_seat_lag_seconds',
    help: "From publishing a change of a seat, by Redis' clock, until the frame with it is written to everybody who watches; the oldest of each frame.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  })
  // there from the start, so that the first one is a rise
  for (const event of ['seats', 'queue']) durationSeconds.zero({ event })
  return {
    noteForwarded: registerForwardedWords(registry, { settings, log: deps.log }),
    noteBroadcast: (event, elapsedMs) => durationSeconds.observe({ event }, elapsedMs / 1_000),
    noteSeatLag: (lagMs) => seatLagSeconds.observe(lagMs / 1_000),
    answer: async (response) => {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    },
  }
}
