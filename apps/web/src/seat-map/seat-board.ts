import type { SeatGeometry } from '@greenroom/contract'
import { seatStatusCode } from '@greenroom/contract/plain'
import { createSectionStock, type SectionStock } from './section-stock.ts'
import type { FeedNews, SeatFeed } from './seat-feed.ts'

type BoardNews = {
  /** Seats to draw again; `all` when that is cheaper to say. */
  changed: readonly number[] | 'all'
  /** Seats that could not be had a moment ago and now can. None after a snapshot: that is no moment ago. */
  returned: readonly number[]
}

/**
 * The seats as they were last drawn. News from the feed wait until `catchUp`, so however many frames come in, they
 * cost one pass for each picture, and none while nobody looks.
 */
export type SeatBoard = {
  readonly geometry: SeatGeometry
  readonly codes: Uint8Array
  readonly stock: SectionStock
  /** False until the first snapshot: then nothing is known of any seat. */
  readonly isKnown: () => boolean
  readonly catchUp: () => BoardNews
  readonly onNews: (listener: () => void) => () => void
  /** Follows the feed until the returned function is called; may be opened again. */
  readonly open: () => () => void
}

const nothing: BoardNews = { changed: [], returned: [] }

export function createSeatBoard(geometry: SeatGeometry, feed: SeatFeed): SeatBoard {
  const codes = new Uint8Array(geometry.seatCount).fill(seatStatusCode.blocked)
  const stock = createSectionStock(geometry)
  const listeners = new Set<() => void>()
  let isKnown = false
  let pending: Set<number> | 'all' = new Set()

  const takeAll = (next: Uint8Array): BoardNews => {
    const isFirst = !isKnown
    isKnown = true
    const changed = isFirst ? [] : differences(codes, next)
    codes.set(next.subarray(0, codes.length))
    stock.recount(codes)
    return { changed: isFirst ? 'all' : changed, returned: [] }
  }
  const takeSome = (ordinals: Set<number>, next: Uint8Array): BoardNews => {
    const changed: number[] = []
    const returned: number[] = []
    for (const ordinal of ordinals) {
      const from = codes[ordinal]
      const to = next[ordinal]
      if (from === undefined || to === undefined || from === to) continue
      codes[ordinal] = to
      stock.move(ordinal, from, to)
      changed.push(ordinal)
      if (to === seatStatusCode.available) returned.push(ordinal)
    }
    return { changed, returned }
  }
  const hear = (news: FeedNews): void => {
    if (news === 'all') pending = 'all'
    else if (pending !== 'all') for (const ordinal of news) pending.add(ordinal)
    for (const listener of listeners) listener()
  }
  return {
    geometry,
    codes,
    stock,
    isKnown: () => isKnown,
    catchUp: () => {
      const state = feed.state()
      if (state === undefined || (pending !== 'all' && pending.size === 0)) return nothing
      const news = pending === 'all' ? takeAll(state.codes) : takeSome(pending, state.codes)
      pending = new Set()
      return news
    },
    onNews: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open: () => {
      const unsubscribe = feed.subscribe(hear)
      // what was told before anyone listened
      if (feed.state() !== undefined) hear('all')
      return unsubscribe
    },
  }
}

function differences(before: Uint8Array, after: Uint8Array): number[] {
  const changed: number[] = []
  before.forEach((code, ordinal) => {
    if (after[ordinal] !== code) changed.push(ordinal)
  })
  return changed
}
