import type { SeatState } from '@greenroom/client'
import type { SeatChange } from '@greenroom/contract'

/** Seats whose state may be new, by id offset from the show's first seat; `all` after a snapshot. */
export type FeedNews = readonly number[] | 'all'

/**
 * Joins one live watch of a show to whatever draws it. `showSnapshot` and `showChanges` are made to be handed to
 * `live.watchShow` as `onSnapshot` and `onFrame`; the map and the list follow the same feed.
 */
export type SeatFeed = {
  /** `undefined` until the first snapshot. */
  readonly state: () => SeatState | undefined
  readonly showSnapshot: (state: SeatState) => void
  readonly showChanges: (state: SeatState, changes: readonly SeatChange[]) => void
  readonly subscribe: (listener: (news: FeedNews) => void) => () => void
}

export function createSeatFeed(): SeatFeed {
  const listeners = new Set<(news: FeedNews) => void>()
  let current: SeatState | undefined
  const tell = (state: SeatState, news: FeedNews): void => {
    current = state
    for (const listener of listeners) listener(news)
  }
  return {
    state: () => current,
    showSnapshot: (state) => tell(state, 'all'),
    showChanges: (state, changes) =>
      tell(
        state,
        changes.map(([seatId]) => seatId - state.firstSeatId),
      ),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
