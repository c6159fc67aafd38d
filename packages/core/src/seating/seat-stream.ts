import type { ShowId } from '@greenroom/contract'

/** What follows the streams of shows: see follow-seat-stream.ts. */
export type SeatStream = {
  /** Follows a show from that position on; following it already, begins again from there. */
  watch: (showId: ShowId, after: number) => void
  unwatch: (showId: ShowId) => void
  /** Whether Redis answered within the last seconds, so that silence means that nothing happened. */
  isLive: () => boolean
  close: () => Promise<void>
}
