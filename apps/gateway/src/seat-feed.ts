import { type HoldMessage, type SeatFrame, seatHeartbeatMs, type ShowId } from '@greenroom/contract'
import {
  createRedisClock,
  type Deps,
  followSeatStream,
  inSpan,
  isTracing,
  mergeEntries,
  readParent,
  readSeatPosition,
  type SeatEntry,
  sharedBy,
} from '@greenroom/core'

/** At most ten frames a second a show, and at least as much rest after one as its sending took. */
const frameEveryMs = 100

/** A frame with what it was made of: when the oldest of it was published, and the traces that led to it. */
type Batch = { frame: SeatFrame; publishedAtMs: number | undefined; traces: string[] }

type Feed = {
  /** Up to where entries were taken in. */
  position: number
  /** Consecutive entries not sent yet. */
  waiting: SeatEntry[]
  /** What came before a jump and was not sent yet: frames never bridge one. */
  ready: Batch[]
  timer: NodeJS.Timeout | undefined
  isSending: boolean
  sentAtMs: number
  /** No further frame before this. */
  restUntilMs: number
}

export type SeatFeed = {
  /** From when this resolves, every change after the position it answers is handed on. Rejects when Redis is away. */
  follow: (showId: ShowId) => Promise<number>
  /** Nobody watches it any more. */
  drop: (showId: ShowId) => void
  /** Whether what it follows is followed now; a feed that follows nothing has nothing to be late with. */
  isLive: () => boolean
  close: () => Promise<void>
}

/** What the feed hands on: to everybody who watches, and to the one whose hold it was. */
export type SeatFeedOutput = {
  /** Resolves when it is written to everybody; the next frame of the show waits for that. */
  sendFrame: (frame: SeatFrame) => Promise<void>
  sendHold: (fanId: number, hold: HoldMessage) => void
  /** How long ago the oldest change of a frame was published when the frame was written to the last of them. */
  noteLag: (lagMs: number) => void
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
  const clock = createRedisClock(deps)
  const stream = followSeatStream(deps, { onEntry: (entry) => take(entry) })

  const take = (entry: SeatEntry): void => {
    const feed = feeds.get(entry.showId)
    // after a reconnect an entry may come twice
    if (feed === undefined || entry.seq === feed.position) return
    if (entry.seq !== feed.position + 1) feed.ready.push(...takeBatch(entry.showId, feed))
    feed.position = entry.seq
    feed.waiting.push(entry)
    sendHold(entry)
    plan(entry.showId, feed)
  }
  const plan = (showId: ShowId, feed: Feed): void => {
    if (feed.isSending) return
    feed.timer ??= setTimeout(
      () => void send(showId, feed),
      Math.max(0, feed.restUntilMs - performance.now()),
    )
  }
  const send = async (showId: ShowId, feed: Feed): Promise<void> => {
    feed.timer = undefined
    const batches = [...feed.ready, ...takeBatch(showId, feed)]
    feed.ready = []
    feed.isSending = true
    feed.sentAtMs = performance.now()
    try {
      for (const batch of batches) await sendBatch(batch)
    } catch (error) {
      deps.log.warn({ err: error, showId }, 'a frame was not sent to everybody')
    }
    const endedMs = performance.now()
    feed.isSending = false
    feed.restUntilMs = Math.max(feed.sentAtMs + frameEveryMs, 2 * endedMs - feed.sentAtMs)
    if (feed.waiting.length > 0 && feeds.get(showId) === feed) plan(showId, feed)
  }
  const sendBatch = async ({ frame, publishedAtMs, traces }: Batch): Promise<void> => {
    if (traces.length === 0) await output.sendFrame(frame)
    else await inSpan('frame', sharedBy(traces.map(contextOf)), () => output.sendFrame(frame))
    const nowMs = clock.nowIfKnown()
    if (publishedAtMs !== undefined && nowMs !== undefined) output.noteLag(Math.max(0, nowMs - publishedAtMs))
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
      if (feed.waiting.length === 0 && !feed.isSending && feed.sentAtMs <= dueMs)
        void sendHeartbeat(showId, feed)
    }
  }
  /** The position is asked for: a Redis that came back without its last entries has another than we know of. */
  const sendHeartbeat = async (showId: ShowId, feed: Feed): Promise<void> => {
    feed.sentAtMs = performance.now()
    try {
      const position = await readSeatPosition(deps, showId)
      await output.sendFrame({ showId, from: position, to: position, changes: [] })
    } catch (error) {
      // silence is what tells the clients
      deps.log.warn({ err: error, showId }, 'no heartbeat while Redis is away')
    }
  }
  const heartbeats = setInterval(sendHeartbeats, checkEveryMs)

  const begin = async (showId: ShowId): Promise<Feed> => {
    const position = await readSeatPosition(deps, showId)
    // so that it is known by the first frame
    clock.nowIfKnown()
    const feed = {
      position,
      waiting: [],
      ready: [],
      timer: undefined,
      isSending: false,
      sentAtMs: performance.now(),
      restUntilMs: 0,
    }
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

function takeBatch(showId: ShowId, feed: Feed): Batch[] {
  const entries = feed.waiting
  const frame = mergeEntries(showId, entries)
  feed.waiting = []
  if (frame === null) return []
  const traces = isTracing() ? [...new Set(entries.flatMap(({ event }) => event.trace ?? []))] : []
  return [{ frame, publishedAtMs: entries[0]?.publishedAtMs, traces }]
}

const contextOf = (traceparent: string) => readParent({ traceparent })
