import type { SeatState } from '@greenroom/client'
import type { SeatId, SeatStatus, ShowId } from '@greenroom/contract'
import { seatStatusOf } from '@greenroom/contract/plain'
import { until } from '../support/until.ts'
import type { VirtualFan } from '../support/virtual-fan.ts'

export type SeenSeats = {
  /** Resolves with the first map. */
  isWatched: Promise<unknown>
  /** Resolves when the live map shows it so; fails after 10 s. */
  becomes: (seat: SeatId, status: SeatStatus) => Promise<void>
  stop: () => void
}

/** A fan's live map, by socket. */
export function watchSeats(fan: VirtualFan, showId: ShowId, pass: string): SeenSeats {
  const first = Promise.withResolvers<undefined>()
  let state: SeatState | undefined
  const watch = fan.live.watchShow(showId, pass, {
    onSnapshot: (seats) => {
      state = seats
      first.resolve(undefined)
    },
    onFrame: () => undefined,
  })
  const statusOf = (seat: SeatId): SeatStatus | undefined =>
    state === undefined ? undefined : seatStatusOf(state.codes[seat - state.firstSeatId] ?? 0)
  return {
    isWatched: first.promise,
    becomes: async (seat, status) => {
      await until(
        `seat ${seat} to be ${status} on the map`,
        async () => (statusOf(seat) === status ? true : undefined),
        10_000,
      )
    },
    stop: watch.stop,
  }
}
