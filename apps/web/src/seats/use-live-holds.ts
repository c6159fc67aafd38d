import type { ConcertId, Reservation } from '@greenroom/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { toast } from 'sonner'
import { serverClock } from '../clock/server-clock.ts'
import { api, greenroom } from '../data/api.ts'
import { m } from '../paraglide/messages.js'

const none: Reservation[] = []

/** The fan's live holds of a concert, from whichever tab or device they were made. */
export function useLiveHolds(concertId: ConcertId): {
  holds: Reservation[]
  add: (hold: Reservation) => void
  refresh: () => Promise<void>
} {
  const queries = useQueryClient()
  const options = api.reservations.live.queryOptions({ concertId })
  const holds = useQuery({ ...options, refetchInterval: 15_000 }).data ?? none
  useEffect(() => {
    for (const hold of holds) serverClock.observe(hold.asOfMs)
  }, [holds])
  const nextEndMs = Math.min(...holds.map((hold) => hold.heldUntilMs))
  useEffect(() => {
    if (!Number.isFinite(nextEndMs)) return
    const timer = setTimeout(
      () => {
        tellRanOut()
        void queries.invalidateQueries(api.reservations.pathFilter())
      },
      Math.max(0, nextEndMs - serverClock.nowMs()) + 300,
    )
    return () => clearTimeout(timer)
  }, [nextEndMs, queries])
  useEffect(
    () =>
      greenroom.live.watchHolds((hold) => {
        if (hold.state === 'EXPIRED') tellRanOut()
        void queries.invalidateQueries(api.reservations.pathFilter())
      }),
    [queries],
  )
  return {
    holds,
    add: (hold) =>
      queries.setQueryData(options.queryKey, (before = none) => [
        ...before.filter((each) => each.reservationId !== hold.reservationId),
        hold,
      ]),
    refresh: () => queries.invalidateQueries(api.reservations.pathFilter()),
  }
}

/** The server's word and the own clock may both say so: it is told once. */
function tellRanOut(): void {
  toast(m.hold_ran_out(), { id: 'hold-ran-out' })
}
