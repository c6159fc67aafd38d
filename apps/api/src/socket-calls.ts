import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** Longer than a call takes, and shorter than a process has to drain. */
const longestCallMs = 5_000

type Calls = { underWay: number; over: PromiseWithResolvers<undefined> | undefined }

export type SocketCalls = {
  /** A call of this socket has begun; what it answers ends it. */
  begin: (socket: object) => () => void
  /** Resolves when no call of this socket is under way and the last answer is written; after 5 s in any case. */
  over: (socket: object) => Promise<void>
}

/** How many calls each socket has under way: one that is closed in the middle of a call loses its answer, though not its effect. */
export function countSocketCalls(): SocketCalls {
  const bySocket = new WeakMap<object, Calls>()
  return {
    begin: (socket) => {
      const calls = bySocket.get(socket) ?? { underWay: 0, over: undefined }
      bySocket.set(socket, calls)
      calls.underWay += 1
      return () => {
        calls.underWay -= 1
        if (calls.underWay === 0) calls.over?.resolve(undefined)
      }
    },
    over: async (socket) => {
      const calls = bySocket.get(socket)
      if (calls === undefined || calls.underWay === 0) return
      calls.over ??= Promise.withResolvers()
      await Promise.race([calls.over.promise, sleep(longestCallMs, undefined, { ref: false })])
      // the answer is written after the call has ended
      await nextTurn()
    },
  }
}
