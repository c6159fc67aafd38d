import type { SeatState, ShowWatch } from '@greenroom/client'
import type { ShowId } from '@greenroom/contract'
import { type Crowd, count, type Fan, move } from './crowd.ts'
import { lookAtSeats } from './look-at-seats.ts'
import { waitForTurn } from './wait-for-turn.ts'

/** A fan who is inside and only looks: their map must be right at the end, whatever happened on the way. */
export type Observer = {
  fan: Fan
  showId: ShowId
  pass: string
  seats: SeatState
  watch: ShowWatch
}

/** Brings one observer in. `undefined` when they did not get in. */
export async function observe(crowd: Crowd, fan: Fan, showId: ShowId): Promise<Observer | undefined> {
  move(crowd, 'signedUp', 'waiting')
  const turn = await waitForTurn(crowd, fan, true)
  move(crowd, 'waiting', turn.kind === 'inside' ? 'inside' : 'done')
  if (turn.kind !== 'inside') {
    count(crowd.outcomes, turn.kind)
    return undefined
  }
  const { seats, watch } = await lookAtSeats(crowd, fan.greenroom, { showId, pass: turn.pass })
  count(crowd.outcomes, 'onlyLooked')
  return { fan, showId, pass: turn.pass, seats, watch }
}
