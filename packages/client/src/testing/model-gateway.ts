import { DomainError, type SeatFrame, type SeatSnapshot, type ServerEvents } from '@greenroom/contract'
import type { LiveSocket } from '../live-socket.ts'
import type { SeatSource } from '../watch-show.ts'
import type { ModelShow } from './model-show.ts'

/** A gateway and an api round one model show, with a network that does as the test says. */
export type ModelGateway = {
  socket: LiveSocket
  seatSource: SeatSource
  connect: () => void
  disconnect: () => void
  /** From now on frames are lost on their way (true) or arrive (false). */
  loseFrames: (lose: boolean) => void
  /** From now on every question fails with this, until it is taken back; `stream`: only those the stream answers. */
  failWith: (error: Error | undefined, what?: 'all' | 'stream') => void
  /** Sends what the show's stream said since the last flush to whoever watches. */
  flush: () => void
  heartbeat: () => void
  push: <E extends keyof ServerEvents>(event: E, ...message: Parameters<ServerEvents[E]>) => void
  asked: { snapshots: number; changes: number; joins: number; underWay: number; mostUnderWay: number }
  holders: () => number
}

export function createModelGateway(show: ModelShow): ModelGateway {
  const connectionListeners = new Set<(connected: boolean) => void>()
  const listeners: { [E in keyof ServerEvents]: Set<ServerEvents[E]> } = {
    seats: new Set(),
    queue: new Set(),
    entry: new Set(),
    hold: new Set(),
    bye: new Set(),
  }
  const asked = { snapshots: 0, changes: 0, joins: 0, underWay: 0, mostUnderWay: 0 }
  let isConnected = false
  let isWatching = false
  let isLosing = false
  let failure: Error | undefined
  let failing: 'all' | 'stream' = 'all'
  let flushed = show.seq()
  let holders = 0

  const answer = async <T>(read: () => T, isRows = false): Promise<T> => {
    const fails = (): Error | undefined => (isRows && failing === 'stream' ? undefined : failure)
    asked.underWay += 1
    asked.mostUnderWay = Math.max(asked.mostUnderWay, asked.underWay)
    // what is read now arrives later, so that frames may overtake it
    const value = fails() === undefined ? read() : undefined
    await new Promise((resolve) => setTimeout(resolve, 1))
    asked.underWay -= 1
    const failed = fails()
    if (failed !== undefined) throw failed
    return value ?? read()
  }
  const missedSince = (after: number): SeatFrame | null =>
    after < show.firstKept() || after > show.seq() ? null : show.frame(after)
  const push: ModelGateway['push'] = (event, ...message) => {
    // oxlint-disable-next-line typescript/no-unsafe-function-type -- one event's listeners take that event's message
    for (const listener of listeners[event] as ReadonlySet<Function>) listener(...message)
  }
  const setConnected = (connected: boolean): void => {
    if (isConnected === connected) return
    isConnected = connected
    isWatching = false
    for (const listener of connectionListeners) listener(connected)
  }
  const watch = <T>(set: Set<T>, listener: T) => {
    set.add(listener)
    return () => {
      set.delete(listener)
    }
  }

  return {
    socket: {
      hold: () => {
        holders += 1
        return () => {
          holders -= 1
        }
      },
      isConnected: () => isConnected,
      onConnection: (listener) => watch(connectionListeners, listener),
      on: (event, listener) => watch(listeners[event], listener),
      watchLine: () => Promise.resolve(null),
      watchShow: async ({ seq }) => {
        asked.joins += 1
        if (!isConnected) throw new Error('not connected')
        isWatching = true
        return await answer(() => ({ seq: show.seq(), frame: seq === undefined ? null : missedSince(seq) }))
      },
      reconnect: () => undefined,
    },
    seatSource: {
      readSnapshot: async (): Promise<SeatSnapshot> => {
        asked.snapshots += 1
        return await answer(() => show.snapshot(), true)
      },
      readChanges: async ({ after }) => {
        asked.changes += 1
        return await answer(() => missedSince(after))
      },
    },
    connect: () => setConnected(true),
    disconnect: () => setConnected(false),
    loseFrames: (lose) => {
      isLosing = lose
    },
    failWith: (error, what = 'all') => {
      failure = error
      failing = what
    },
    flush: () => {
      // entries that are gone before the gateway read them are a gap in what it sends
      const frame = show.frame(Math.max(flushed, show.firstKept()))
      if (frame.from === frame.to) return
      flushed = show.seq()
      if (isConnected && isWatching && !isLosing) push('seats', frame)
    },
    heartbeat: () => {
      const seq = show.seq()
      if (isConnected && isWatching) push('seats', { showId: show.showId, from: seq, to: seq, changes: [] })
    },
    push,
    asked,
    holders: () => holders,
  }
}

export const passRefused = new DomainError('PASS_REFUSED', { reason: 'spent' })
