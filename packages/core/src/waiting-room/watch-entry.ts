import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { type FanMove, followLines, type LineEvent } from './line-events-store.ts'
import { readEntry } from './queries.ts'

/**
 * The fan's entry now, and again whenever a tick offers them a slot or ends theirs, they went in or left on another device,
 * or the line began a new epoch, until `signal` aborts, or `isAllowed` is false at a tick or when there is something to say. What it yields was
 * just read; a message only says when to look.
 */
export async function* watchEntry(
  deps: Deps,
  input: {
    concertId: ConcertId
    fanId: AccountId
    signal?: AbortSignal | undefined
    /** Whether the caller may still listen: asked at each tick and before each entry, because a subscription outlives the call that began it. */
    isAllowed?: () => boolean
  },
): AsyncGenerator<Entry, void, undefined> {
  const { concertId, fanId, signal, isAllowed = () => true } = input
  let isStale = true
  let isOver = false
  let epoch: number | undefined
  let wake = (): void => undefined
  const look = (): void => {
    isStale = true
    wake()
  }
  const onTick = (event: LineEvent): void => {
    if (event.concertId !== concertId) return
    if (!isAllowed()) {
      isOver = true
      look()
      return
    }
    const isNewEpoch = epoch !== undefined && epoch !== event.progress.epoch
    epoch = event.progress.epoch
    if (isNewEpoch || concerns(event, fanId)) look()
  }
  const onMove = (move: FanMove): void => {
    if (move.concertId === concertId && move.fanId === fanId) look()
  }
  const stop = await followLines(deps, { onTick, onMove })
  signal?.addEventListener('abort', look)
  try {
    while (!isOver && signal?.aborted !== true) {
      if (isStale) {
        isStale = false
        const entry = await readEntry(deps, { concertId, fanId })
        // whoever signed out meanwhile is not told the pass
        if (!isAllowed()) return
        yield entry
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal?.removeEventListener('abort', look)
    stop()
  }
}

function concerns(event: LineEvent, fanId: AccountId): boolean {
  return event.offered.includes(fanId) || event.ended.includes(fanId)
}
