import { setTimeout as sleep } from 'node:timers/promises'
import { type ShowId, showId as showIdSchema } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { openBlockingRedis } from '../platform/redis.ts'
import type { SeatEntry } from './seat-event.ts'
import type { SeatStream } from './seat-stream.ts'
import { entriesChannel, readEntriesAfter } from './stream-store.ts'

/** Every show is looked at as often whether anything was said of it or not: messages may be lost. */
const lookEveryMs = 1_000
const silentAfterMs = 3 * lookEveryMs
const retryAfterMs = 200
const entriesPerRead = 1_000

/**
 * `followSeatStream` on a Redis Cluster. A blocking read can wait for streams of one slot alone, and each show has its own, so
 * that would be a connection for each show; instead one message says which show has news, and that one is read. Entries come
 * in the order of their `seq`; a show that nothing was said of costs one read a second.
 */
export function followByHints(deps: Deps, options: { onEntry: (entry: SeatEntry) => void }): SeatStream {
  const subscriber = openBlockingRedis(deps.settings.redisUrl)
  const positions = new Map<ShowId, number>()
  const due = new Set<ShowId>()
  let answeredAtMs = Number.NEGATIVE_INFINITY
  let isClosed = false
  let wake = (): void => undefined

  subscriber.on('message', (_channel: string, text: string) => {
    const told = showIdSchema.safeParse(Number(text)).data
    if (told === undefined || !positions.has(told)) return
    due.add(told)
    wake()
  })
  // ioredis subscribes again by itself after a lost connection; without it there is the look each second
  subscriber.subscribe(entriesChannel).catch((error: unknown) => {
    if (!isClosed) deps.log.warn({ err: error }, 'new entries are looked for, not heard of')
  })

  const readShow = async (showId: ShowId): Promise<void> => {
    const after = positions.get(showId)
    if (after === undefined) return
    const entries = await readEntriesAfter(deps.redis, showId, after, entriesPerRead)
    // begun anew or given up meanwhile
    if (positions.get(showId) !== after) return
    for (const entry of entries) {
      positions.set(showId, entry.seq)
      options.onEntry(entry)
    }
    if (entries.length === entriesPerRead) due.add(showId)
  }
  /** What one master does not answer keeps no other show waiting for its entries. */
  const readAll = async (shows: ShowId[]): Promise<void> => {
    for (const showId of shows) due.delete(showId)
    const outcomes = await Promise.allSettled(shows.map(readShow))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    // who asked for nothing was answered nothing
    if (shows.length > 0) answeredAtMs = performance.now()
  }
  const nap = async (): Promise<void> => {
    if (due.size > 0 || isClosed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookEveryMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  const follow = async (): Promise<void> => {
    let lookedAtMs = Number.NEGATIVE_INFINITY
    while (!isClosed) {
      const isTime = performance.now() - lookedAtMs >= lookEveryMs
      if (isTime) lookedAtMs = performance.now()
      try {
        await readAll(isTime ? [...positions.keys()] : [...due])
        await nap()
      } catch (error) {
        if (isClosed) return
        answeredAtMs = Number.NEGATIVE_INFINITY
        deps.log.warn({ err: error }, 'the seat streams were interrupted')
        await sleep(retryAfterMs)
      }
    }
  }
  const following = follow()

  return {
    watch: (showId, after) => {
      positions.set(showId, after)
      due.add(showId)
      wake()
    },
    unwatch: (showId) => {
      positions.delete(showId)
      due.delete(showId)
    },
    isLive: () => performance.now() - answeredAtMs < silentAfterMs,
    close: async () => {
      isClosed = true
      subscriber.disconnect()
      wake()
      await following
    },
  }
}
