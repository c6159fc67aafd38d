import { setTimeout as sleep } from 'node:timers/promises'
import type { ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { isCluster, openBlockingRedis } from '../platform/redis.ts'
import { followByHints } from './follow-by-hints.ts'
import type { SeatEntry } from './seat-event.ts'
import type { SeatStream } from './seat-stream.ts'
import { awaitEntries, readConnectionId, unblock } from './stream-store.ts'

/** How long one read waits. A read that has not returned after a few of these means that Redis does not answer. */
const blockMs = 1_000
const silentAfterMs = 3 * blockMs
const retryAfterMs = 200

/**
 * Follows any number of shows over one connection of its own and hands on each entry in the order of its `seq`. Survives
 * the loss of Redis. Entries may come twice after a reconnect, and a jump of `seq` says that some were lost.
 */
export function followSeatStream(deps: Deps, options: { onEntry: (entry: SeatEntry) => void }): SeatStream {
  return isCluster(deps.redis) ? followByHints(deps, options) : followByWaiting(deps, options)
}

/** One read waits for all shows at once, which one server can do. */
function followByWaiting(deps: Deps, options: { onEntry: (entry: SeatEntry) => void }): SeatStream {
  const redis = openBlockingRedis(deps.settings.redisUrl)
  const positions = new Map<ShowId, number>()
  let answeredAtMs = Number.NEGATIVE_INFINITY
  let isClosed = false
  // counts the reads: a change of `positions` ends the read that does not know of it
  let round = 0
  let wake = (): void => undefined

  const read = async (): Promise<void> => {
    round += 1
    if (positions.size === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      return
    }
    const connectionId = await readConnectionId(redis)
    const thisRound = round
    wake = () => void endRead(deps, connectionId, () => round === thisRound && !isClosed)
    const entries = await awaitEntries(redis, new Map(positions), blockMs)
    answeredAtMs = performance.now()
    for (const entry of entries) {
      if (!positions.has(entry.showId)) continue
      positions.set(entry.showId, entry.seq)
      options.onEntry(entry)
    }
  }

  const follow = async (): Promise<void> => {
    while (!isClosed) {
      try {
        await read()
      } catch (error) {
        if (isClosed) return
        answeredAtMs = Number.NEGATIVE_INFINITY
        deps.log.warn({ err: error }, 'the seat stream was interrupted')
        await sleep(retryAfterMs)
      }
    }
  }
  const following = follow()

  return {
    watch: (showId, after) => {
      positions.set(showId, after)
      wake()
    },
    unwatch: (showId) => {
      positions.delete(showId)
    },
    isLive: () => performance.now() - answeredAtMs < silentAfterMs,
    close: async () => {
      isClosed = true
      // of a connection that is trying to come back, ioredis leaves a read without an end
      const hasEnd = redis.status === 'ready'
      redis.disconnect()
      wake()
      if (hasEnd) await following
    },
  }
}

/** The read may not have reached Redis yet, in which case there is nothing to end: ask again until it ended. */
async function endRead(deps: Deps, connectionId: number, isWaiting: () => boolean): Promise<void> {
  try {
    while (isWaiting() && !(await unblock(deps.redis, connectionId))) await sleep(2)
  } catch (error) {
    // the read ends by itself within `blockMs`
    deps.log.debug({ err: error }, 'a read could not be ended early')
  }
}
