import {
  type ClientEvents,
  lineWatchInput,
  parseInput,
  showUnwatchInput,
  showWatchInput,
} from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import type { z } from 'zod'
import type { GatewaySocket } from './gateway-socket.ts'
import { type EventGuard, type EventGuards, eventGuards } from './guards.ts'
import { requireEvent } from './require-event.ts'
import type { LineWatches } from './watch-lines.ts'
import type { ShowWatches } from './watch-shows.ts'

/** What a client may ask on its socket, by the event's name; anything else is not answered. */
export type SocketEvents = ReadonlyMap<string, Handle>
type Handle = (socket: GatewaySocket, input: unknown) => unknown

/** One table for all sockets: listeners of each socket's own would be 1 kB a socket. Each asks its guard first; without one it is none. */
export function createSocketEvents(
  deps: Deps,
  { lines, shows }: { lines: LineWatches; shows: ShowWatches },
  guards: EventGuards = eventGuards,
): SocketEvents {
  const events: Record<keyof ClientEvents, Handle> = {
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
  const guardOf: ReadonlyMap<string, EventGuard> = new Map(Object.entries(guards))
  return new Map(
    Object.entries(events).flatMap(([name, work]): [string, Handle][] => {
      const guard = guardOf.get(name)
      return guard === undefined ? [] : [[name, guarded(deps, guard, work)]]
    }),
  )
}

function handle<I>(schema: z.ZodType<I>, work: (socket: GatewaySocket, input: I) => unknown): Handle {
  return (socket, input) => work(socket, parseInput(schema, input))
}

function guarded(deps: Deps, guard: EventGuard, work: Handle): Handle {
  return async (socket, input) => {
    await requireEvent(deps, guard, socket.data.session)
    return await work(socket, input)
  }
}
