import { type HoldMessage, type SeatFrame, seatHeartbeatMs, type ShowId } from '@greenroom/contract'
import { type Deps, followSeatStream, mergeEntries, readSeatPosition, type SeatEntry } from '@greenroom/core'

/** At most ten frames a second a show: one broadcast to 10,000 sockets blocks the loop for 60-105 ms. */
const frameEveryMs = 100

type Feed = {
  /** Up to where entries were taken in. */
  position: number
  /** Consecutive entries not sent yet. */
  waiting: SeatEntry[]
  timer: NodeJS.Timeout | undefined
  sentAtMs: number
}

export type SeatFeed = {
  /** From when this resolves, every change after the position it answers is handed on. Rejects when Redis is away. */
  follow: (showId: ShowId) => Promise<number>
  /** Nobody watches it any more. */
  drop: (showId: ShowId) => void
  /** Whether the streams answer. True while nothing is followed. */
  isLive: () => boolean
  close: () => Promise<void>
}

/** What the feed hands on: to everybody who watches, and to the one whose hold it was. */
export type SeatFeedOutput = {
  sendFrame: (frame: SeatFrame) => void
  sendHold: (fanId: number, hold: HoldMessage) => void
}

/**
 * Turns the streams of the shows that somebody here watches into frames: the first change goes out at once, what
 * follows within 100 ms shares the next frame. A silent show says its position every `heartbeatMs`, so that a client can tell
 * silence from loss. Where the stream lost something a frame begins later than the last one ended: clients see it.
 */
export function openSeatFeed(
  deps: Deps,
  output: SeatFeedOutput,
  heartbeatMs: number = seatHeartbeatMs,
): SeatFeed {
  const checkEveryMs = heartbeatMs / 5
  const feeds = new Map<ShowId, Feed>()
  const starting = new Map<ShowId, Promise<Feed>>()
  const stream = followSeatStream(deps, { onEntry: (entry) => take(entry) })

  const take = (entry: SeatEntry): void => {
    const feed = feeds.get(entry.showId)
    // after a reconnect an entry may come twice
    if (feed === undefined || entry.seq === feed.position) return
    if (entry.seq !== feed.position + 1) send(entry.showId, feed)
    feed.position = entry.seq
    feed.waiting.push(entry)
    sendHold(entry)
    feed.timer ??= setTimeout(
      () => send(entry.showId, feed),
      Math.max(0, feed.sentAtMs + frameEveryMs - performance.now()),
    )
  }
  const send = (showId: ShowId, feed: Feed): void => {
    clearTimeout(feed.timer)
    feed.timer = undefined
    const frame = mergeEntries(showId, feed.waiting)
    feed.waiting = []
    if (frame === null) return
    feed.sentAtMs = performance.now()
    output.sendFrame(frame)
  }
  const sendHold = ({ showId, event }: SeatEntry): void => {
    const { fanId, reservationId, state, heldUntilMs } = event
    if (fanId === null || reservationId === null) return
    output.sendHold(fanId, { reservationId, showId, state, heldUntilMs })
  }
  const sendHeartbeats = (): void => {
    if (!stream.isLive()) return
    const dueMs = performance.now() - heartbeatMs + checkEveryMs
    for (const [showId, feed] of feeds) {
      if (feed.waiting.length === 0 && feed.sentAtMs <= dueMs) void sendHeartbeat(showId, feed)
    }
  }
  /** The position is asked for: a Redis that came back without its last entries has another than we know of. */
  const sendHeartbeat = async (showId: ShowId, feed: Feed): Promise<void> => {
    feed.sentAtMs = performance.now()
    try {
      const position = await readSeatPosition(deps, showId)
      output.sendFrame({ showId, from: position, to: position, changes: [] })
    } catch (error) {
      // silence is what tells the clients
      deps.log.warn({ err: error, showId }, 'no heartbeat while Redis is away')
    }
  }
  const heartbeats = setInterval(sendHeartbeats, checkEveryMs)

  const begin = async (showId: ShowId): Promise<Feed> => {
    const position = await readSeatPosition(deps, showId)
    const feed = { position, waiting: [], timer: undefined, sentAtMs: performance.now() }
    feeds.set(showId, feed)
    stream.watch(showId, position)
    return feed
  }

  return {
    follow: async (showId) => {
      const known = feeds.get(showId)
      if (known !== undefined) return known.position
      const begun = starting.get(showId) ?? begin(showId).finally(() => starting.delete(showId))
      starting.set(showId, begun)
      return (await begun).position
    },
    drop: (showId) => {
      clearTimeout(feeds.get(showId)?.timer)
      feeds.delete(showId)
      stream.unwatch(showId)
    },
    isLive: () => feeds.size === 0 || stream.isLive(),
    close: async () => {
      clearInterval(heartbeats)
      for (const feed of feeds.values()) clearTimeout(feed.timer)
      feeds.clear()
      await stream.close()
    },
  }
}
