import type { SeatId } from '@greenroom/contract'
import { seatAt, seatStatusCode } from '@greenroom/contract/plain'
import { useMemo, useSyncExternalStore } from 'react'
import { findEqualSeats, type SeatFeed, type SeatPlan } from '../seat-map/index.ts'
import type { Basket } from './use-basket.ts'

const none: readonly SeatId[] = []

/** The seats to offer in place of those just lost; others as soon as one of them is taken too. */
export function useEqualSeats(plan: SeatPlan | undefined, feed: SeatFeed, basket: Basket): readonly SeatId[] {
  const { lost, selection } = basket.picked
  const read = useMemo(
    () => (plan === undefined || lost.length === 0 ? () => none : keepOffer(plan, feed, { lost, selection })),
    [plan, feed, lost, selection],
  )
  return useSyncExternalStore(feed.subscribe, read)
}

/** The same offer each time it is read, for as long as all of it is free. */
function keepOffer(
  plan: SeatPlan,
  feed: SeatFeed,
  { lost, selection }: Pick<Basket['picked'], 'lost' | 'selection'>,
): () => readonly SeatId[] {
  let offer = none
  /** Of the seats that were searched last: nothing changes before they do. */
  let searchedSeq: number | undefined
  return () => {
    const seats = feed.state()
    if (seats === undefined) return none
    const { codes, firstSeatId, seq } = seats
    const isFree = (ordinal: number): boolean => codes[ordinal] === seatStatusCode.available
    if (seq === searchedSeq || (offer.length > 0 && offer.every((id) => isFree(id - firstSeatId))))
      return offer
    searchedSeq = seq
    const picked = new Set([...selection].map((id) => id - firstSeatId))
    const found = findEqualSeats(plan, {
      lost: lost.map((each) => each.seatId - firstSeatId),
      canHave: (ordinal) => isFree(ordinal) && !picked.has(ordinal),
    })
    offer = found.length === 0 ? none : found.map((ordinal) => seatAt(firstSeatId, ordinal))
    return offer
  }
}
