import { lineWatchInput, parseInput, showUnwatchInput, showWatchInput } from '@greenroom/contract'
import type { z } from 'zod'
import type { GatewaySocket } from './gateway-socket.ts'
import type { eventGuards } from './guards.ts'
import type { LineWatches } from './watch-lines.ts'
import type { ShowWatches } from './watch-shows.ts'

/** What a client may ask on its socket, by the event's name; anything else is not answered. Each has a guard (`guards.ts`). */
export type SocketEvents = ReadonlyMap<string, Handle>
type Handle = (socket: GatewaySocket, input: unknown) => unknown

/** One table for all sockets: listeners of each socket's own would be 1 kB a socket. */
export function createSocketEvents(watches: { lines: LineWatches; shows: ShowWatches }): SocketEvents {
  const { lines, shows } = watches
  const events: Record<keyof typeof eventGuards, Handle> = {
    'line:watch': handle(lineWatchInput, (socket, { concertId }) => lines.watch(socket, concertId)),
    'line:unwatch': handle(lineWatchInput, (socket, { concertId }) => {
      lines.unwatch(socket, concertId)
      return {}
    }),
    'show:watch': handle(showWatchInput, (socket, input) => shows.watch(socket, input)),
    'show:unwatch': handle(showUnwatchInput, (socket, { showId }) => {
      shows.unwatch(socket, showId)
      return {}
    }),
  }
  return new Map(Object.entries(events))
}

function handle<I>(schema: z.ZodType<I>, work: (socket: GatewaySocket, input: I) => unknown): Handle {
  return (socket, input) => work(socket, parseInput(schema, input))
}
