import { readSeatStatus } from '@greenroom/client'
import type { ConcertPage, SeatId, ShowSummary } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { toast } from 'sonner'
import { greenroom } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { m } from '../paraglide/messages.js'
import type { SeatFeed } from '../seat-map/index.ts'
import { tellRefusal } from '../text/refusals.ts'
import { useLiveHolds } from './use-live-holds.ts'
import { useSelection } from './use-selection.ts'

/** What a fan has picked and holds in one show, and everything that can be done with it. */
export function useBasket(options: {
  concert: ConcertPage
  show: ShowSummary
  pass: string | undefined
  feed: SeatFeed
  onPassRefused: () => void
  /** the best available seats, for the map to show */
  onFound: (seatIds: readonly SeatId[]) => void
}) {
  const { concert, show, feed } = options
  const picked = useSelection(feed)
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

  const onRefused = (error: Error): void => {
    const refusal = refusalOf(error)
    if (refusal?.code === 'SEATS_TAKEN') return picked.lose(refusal.details.seats.map((seat) => seat.seatId))
    if (isRefusal(error, 'PASS_REFUSED') || isRefusal(error, 'PASS_REQUIRED')) options.onPassRefused()
    toast.error(tellRefusal(refusal))
  }
  const pass = options.pass ?? ''
  const hold = useMutation({
    mutationFn: (seatIds: SeatId[]) =>
      greenroom.api.reservations.hold.mutate({ showId: show.showId, pass, seatIds }),
    onMutate: () => picked.setHolding(true),
    onSuccess: (reservation) => {
      add(reservation)
      picked.clear()
      picked.forgetLost()
      refresh()
    },
    onError: onRefused,
    onSettled: () => picked.setHolding(false),
  })
  const holdBest = useMutation({
    mutationFn: (wish: { quantity: number; categoryCode?: number }) =>
      greenroom.api.reservations.holdBest.mutate({ showId: show.showId, pass, ...wish }),
    onMutate: () => picked.setHolding(true),
    onSuccess: (reservation) => {
      add(reservation)
      picked.forgetLost()
      options.onFound(reservation.seats.map((seat) => seat.seatId))
      toast.success(m.best_found({ count: reservation.seats.length }))
      refresh()
    },
    onError: onRefused,
    onSettled: () => picked.setHolding(false),
  })
  const release = useMutation({
    mutationFn: (reservationId: (typeof holds)[number]['reservationId']) =>
      greenroom.api.reservations.release.mutate({ reservationId }),
    onError: (error) => toast.error(tellRefusal(refusalOf(error))),
    onSettled: refresh,
  })

  const toggle = (seatId: SeatId): void => {
    if (picked.selection.has(seatId)) return picked.remove(seatId)
    const seats = feed.state()
    if (mine.has(seatId) || seats === undefined) return
    const status = readSeatStatus(seats, seatId)
    if (status !== 'available') {
      picked.shake([seatId])
      toast(status === 'sold' ? m.seat_is_sold() : status === 'held' ? m.seat_is_held() : m.seat_is_blocked())
      return
    }
    if (picked.selection.size + mine.size >= concert.seatsPerFan) {
      toast(m.error_seat_limit({ count: concert.seatsPerFan }))
      return
    }
    picked.add(seatId)
  }
  return { picked, holds: ownHolds, mine, toggle, hold, holdBest, release }
}

export type Basket = ReturnType<typeof useBasket>
