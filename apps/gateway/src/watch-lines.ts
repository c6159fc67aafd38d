import { type ConcertId, DomainError, isDomainError, type QueueProgress } from '@greenroom/contract'
import { type Deps, readProgress } from '@greenroom/core'
import { type GatewaySocket, lineRoom } from './gateway-socket.ts'

/** Lines one socket may watch. */
const maxLinesPerSocket = 10

/** How old the shared numbers in the answer may be: everybody who joins a line asks, and its tick says them anyway. */
const freshForMs = 1_000

export type LineWatches = {
  /** Puts the socket into the line's room and answers the numbers everybody in it shares. Safe to repeat. */
  watch: (socket: GatewaySocket, concertId: ConcertId) => Promise<{ progress: QueueProgress | null }>
  unwatch: (socket: GatewaySocket, concertId: ConcertId) => void
  /** What the line said last. */
  note: (progress: QueueProgress) => void
}

export function createLineWatches(deps: Deps): LineWatches {
  const latest = new Map<ConcertId, { progress: Promise<QueueProgress>; atMs: number }>()
  const read = (concertId: ConcertId): Promise<QueueProgress> => {
    const known = latest.get(concertId)
    if (known !== undefined && performance.now() - known.atMs < freshForMs) return known.progress
    const progress = readProgress(deps, concertId)
    latest.set(concertId, { progress, atMs: performance.now() })
    progress.catch(() => latest.delete(concertId))
    return progress
  }
  return {
    watch: async (socket, concertId) => {
      const { lines } = socket.data
      if (lines.length >= maxLinesPerSocket && !lines.includes(concertId)) {
        throw new DomainError('RATE_LIMITED', { retryAfterMs: 60_000 })
      }
      const progress = await read(concertId).catch((error: unknown) => {
        if (isDomainError(error, 'NOT_FOUND')) throw error
        // Redis is away: the line's next tick says the numbers
        deps.log.debug({ err: error, concertId }, 'no progress to answer with')
        return null
      })
      if (!socket.connected) return { progress: null }
      socket.data.lines = [...new Set([...socket.data.lines, concertId])]
      await socket.join(lineRoom(concertId))
      return { progress }
    },
    unwatch: (socket, concertId) => {
      socket.data.lines = socket.data.lines.filter((watched) => watched !== concertId)
      void socket.leave(lineRoom(concertId))
    },
    note: (progress) => {
      latest.set(progress.concertId, { progress: Promise.resolve(progress), atMs: performance.now() })
    },
  }
}
