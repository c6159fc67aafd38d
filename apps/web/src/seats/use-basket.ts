import { readSeatStatus } from '@greenroom/client'
import type { ConcertPage, SeatId, ShowSummary } from '@greenroom/contract'
import { seatAt, seatStatusCode } from '@greenroom/contract/plain'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { toast } from 'sonner'
import { greenroom } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { m } from '../paraglide/messages.js'
import type { SeatFeed, SeatPlan } from '../seat-map/index.ts'
import { tellRefusal } from '../text/refusals.ts'
import { type PlannedPick, planPick } from './plan-pick.ts'
import { useLiveHolds } from './use-live-holds.ts'
import { useSelection } from './use-selection.ts'

export type BestWish = { quantity: number; categoryCode?: number; section?: string }

/** What a fan has picked and holds in one show, and everything that can be done with it. */
export function useBasket(options: {
  concert: ConcertPage
  show: ShowSummary
  plan: SeatPlan | undefined
  pass: string | undefined
  feed: SeatFeed
  /** how many come; `null`: not said */
  party: number | null
  /** of which categories seats can be picked; `null`: all */
  categoryFilter: ReadonlySet<number> | null
  onPassRefused: () => void
  /** the best available seats, for the map to show */
  onFound: (seatIds: readonly SeatId[]) => void
}) {
  const { concert, show, plan, feed, party } = options
  const { holds, add, refresh } = useLiveHolds(concert.concertId)
  const ownHolds = holds.filter((hold) => hold.showId === show.showId)
  const mine = useMemo(
    () =>
      new Set(
        holds
          .filter((hold) => hold.showId === show.showId)
          .flatMap((hold) => hold.seats.map((seat) => seat.seatId)),
      ),
    [holds, show.showId],
  )
  const picked = useSelection(feed, mine)

  const onRefused = (error: Error): void => {
    const refusal = refusalOf(error)
    if (refusal?.code === 'SEATS_TAKEN') {
      const { seats } = refusal.details
      if (!seats.some(({ seatId: id }) => picked.selection.has(id))) toast(m.seat_is_held())
      return picked.lose(seats)
    }
    if (isRefusal(error, 'PASS_REFUSED') || isRefusal(error, 'PASS_REQUIRED')) options.onPassRefused()
    toast.error(tellRefusal(refusal))
  }
  /** Without an answer the seats may be ours all the same: that is known before any of them counts as lost. */
  const endHolding = async (_: unknown, error: Error | null): Promise<void> => {
    if (error !== null && refusalOf(error) === undefined) await refresh()
    picked.endHolding()
  }
  const pass = options.pass ?? ''
  const hold = useMutation({
    mutationFn: (seatIds: SeatId[]) =>
      greenroom.api.reservations.hold.mutate({ showId: show.showId, pass, seatIds }),
    onMutate: picked.beginHolding,
    onSuccess: (reservation) => {
      add(reservation)
      picked.clear()
      picked.forgetLost()
      void refresh()
    },
    onError: onRefused,
    onSettled: endHolding,
  })
  const holdBest = useMutation({
    mutationFn: (wish: BestWish) =>
      greenroom.api.reservations.holdBest.mutate({ showId: show.showId, pass, ...wish }),
    onMutate: picked.beginHolding,
    onSuccess: (reservation) => {
      add(reservation)
      picked.forgetLost()
      options.onFound(reservation.seats.map((seat) => seat.seatId))
      void refresh()
    },
    onError: onRefused,
    onSettled: endHolding,
  })
  const release = useMutation({
    mutationFn: (reservationId: (typeof holds)[number]['reservationId']) =>
      greenroom.api.reservations.release.mutate({ reservationId }),
    onError: (error) => toast.error(tellRefusal(refusalOf(error))),
    onSettled: () => refresh(),
  })

  /** Whether the seat with that ordinal can be picked: nobody has it, as far as is known. */
  const isFree = (ordinal: number): boolean => feed.state()?.codes[ordinal] === seatStatusCode.available
  const idOf = (ordinal: number): SeatId => seatAt(show.firstSeatId, ordinal)
  const room = concert.seatsPerFan - mine.size
  const planAt = (at: SeatId): PlannedPick | undefined =>
    plan &&
    planPick(plan, {
      at: at - show.firstSeatId,
      party,
      room,
      selection: new Set([...picked.selection].map((id) => id - show.firstSeatId)),
      isFree,
    })
  const toggle = (at: SeatId): void => {
    if (picked.selection.has(at)) return picked.remove([at])
    const seats = feed.state()
    if (mine.has(at) || seats === undefined) return
    const status = readSeatStatus(seats, at)
    if (status !== 'available') {
      picked.shake([at])
      toast(status === 'sold' ? m.seat_is_sold() : status === 'held' ? m.seat_is_held() : m.seat_is_blocked())
      return
    }
    const category = plan?.geometry.categoryCode[at - show.firstSeatId] ?? -1
    if (options.categoryFilter?.has(category) === false) {
      picked.shake([at])
      toast(m.seat_is_muted())
      return
    }
    const planned = planAt(at)
    if (planned === undefined) {
      toast(m.error_seat_limit({ count: concert.seatsPerFan }))
      return
    }
    if (planned.isMove) picked.clear()
    picked.add(planned.seats.map(idOf))
    if (planned.isShort) toast(m.together_fewer({ count: planned.seats.length }))
  }
  /** All that a press on that free seat would pick. */
  const pickFrom = (at: SeatId): readonly SeatId[] =>
    picked.selection.has(at) ? [] : (planAt(at)?.seats.map(idOf) ?? [])
  return { picked, holds: ownHolds, mine, toggle, pickFrom, isFree, idOf, hold, holdBest, release }
}

export type Basket = ReturnType<typeof useBasket>
