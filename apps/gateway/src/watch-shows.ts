import { DomainError, isRefusal, type SeatFrame, type ShowId, type ShowWatchInput } from '@greenroom/contract'
import { type Deps, readChangesSince, readShow, requireView } from '@greenroom/core'
import { fanRoom, type GatewayServer, type GatewaySocket, showRoom, socketsIn } from './gateway-socket.ts'
import type { SeatFeed } from './seat-feed.ts'

/** One fan buys for one date at a time; two open tabs are two sockets. */
const maxShowsPerSocket = 5

/** Passes asked about at once while looking through everybody who watches: those of one turn share a question to Redis. */
const checksAtOnce = 64

export type ShowWatches = {
  /**
   * Lets a fan with a live pass, or an operator, watch a show and answers what they missed after `seq`; a null frame means: take a
   * snapshot. Safe to repeat. Refuses like `requireView`, NOT_FOUND for an unknown show, RATE_LIMITED for too many.
   */
  watch: (socket: GatewaySocket, input: ShowWatchInput) => Promise<{ seq: number; frame: SeatFrame | null }>
  unwatch: (socket: GatewaySocket, showId: ShowId) => void
  /** After a socket is gone. */
  forget: (socket: GatewaySocket) => void
  /** Ends the watches of a fan whose passes are no longer good. */
  recheckFan: (fanId: number) => Promise<void>
  /** The same for everybody: passes also end by themselves. Asked again while it is under way, it is not begun twice. */
  recheckAll: () => Promise<void>
}

export function createShowWatches(io: GatewayServer, deps: Deps, feed: SeatFeed): ShowWatches {
  const dropIfUnwatched = (showId: ShowId): void => {
    if (io.sockets.adapter.rooms.has(showRoom(showId))) return
    feed.drop(showId)
  }
  const unwatch = (socket: GatewaySocket, showId: ShowId): void => {
    socket.data.shows = socket.data.shows.filter((watched) => watched.showId !== showId)
    void socket.leave(showRoom(showId))
    dropIfUnwatched(showId)
  }
  let looking: Promise<void> | undefined
  /** Refusals end the watch; trouble (Postgres or Redis away), which says when to ask again, does not. */
  const recheck = async (socket: GatewaySocket): Promise<void> => {
    const { accountId: fanId, role } = socket.data.session
    for (const { showId, concertId, pass } of socket.data.shows) {
      const isRefused = await requireView(deps, { concertId, fanId, role, pass }).then(
        () => false,
        (error: unknown) => isRefusal(error) && !('retryAfterMs' in error.details),
      )
      if (isRefused) unwatch(socket, showId)
    }
  }
  const lookThrough = async (): Promise<void> => {
    const watchers = [...io.sockets.sockets.values()].filter((socket) => socket.data.shows.length > 0)
    const next = watchers.values()
    const checkNext = async (): Promise<void> => {
      for (const socket of next) await recheck(socket)
    }
    await Promise.all(Array.from({ length: checksAtOnce }, checkNext))
  }

  return {
    watch: async (socket, { showId, pass, seq }) => {
      const { shows, session } = socket.data
      if (shows.length >= maxShowsPerSocket && !shows.some((watched) => watched.showId === showId)) {
        throw new DomainError('RATE_LIMITED', { retryAfterMs: 60_000 })
      }
      const { concertId } = await readShow(deps, showId)
      await requireView(deps, { concertId, fanId: session.accountId, role: session.role, pass })
      // a socket that is gone by now would stay in the room for ever
      if (!socket.connected) throw new DomainError('UNAVAILABLE', { retryAfterMs: 0 })
      // join before reading: what happens in between comes twice rather than never
      await socket.join(showRoom(showId))
      socket.data.shows = [
        ...socket.data.shows.filter((watched) => watched.showId !== showId),
        { showId, concertId, pass },
      ]
      try {
        const position = await feed.follow(showId)
        const frame = seq === undefined ? null : await readChangesSince(deps, showId, seq)
        dropIfUnwatched(showId)
        return { seq: frame?.to ?? position, frame }
      } catch (error) {
        unwatch(socket, showId)
        throw error
      }
    },
    unwatch,
    forget: (socket) => {
      for (const { showId } of socket.data.shows) dropIfUnwatched(showId)
    },
    recheckFan: async (fanId) => {
      for (const socket of socketsIn(io, fanRoom(fanId))) await recheck(socket)
    },
    recheckAll: () => {
      looking ??= lookThrough().finally(() => {
        looking = undefined
      })
      return looking
    },
  }
}
