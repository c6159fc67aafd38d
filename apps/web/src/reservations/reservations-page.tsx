import type { ReservationListing } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { ReservationCard } from './reservation-card.tsx'

/** Everything the fan has held or bought; what still runs comes first. */
export function ReservationsPage() {
  useTitle(m.nav_reservations())
  const list = useQuery({ ...api.reservations.list.queryOptions(), refetchInterval: refetchWhileHeld })
  useEffect(() => {
    for (const each of list.data ?? []) serverClock.observe(each.asOfMs)
  }, [list.data])
  return (
    <div className="page max-w-4xl py-10">
      <h1 className="text-3xl">{m.nav_reservations()}</h1>
      {list.isError && (
        <Notice tone="bad" className="mt-8">
          {tellRefusal(refusalOf(list.error))}
        </Notice>
      )}
      {list.data?.length === 0 && (
        <EmptyState
          isPart
          title={m.no_reservations_title()}
          action={
            <Link to="/" className={buttonLook()}>
              {m.to_concerts()}
            </Link>
          }
        >
          {m.no_reservations_text()}
        </EmptyState>
      )}
      <ul className="mt-8 grid gap-4">
        {list.isPending && [0, 1].map((each) => <Skeleton key={each} className="h-56 rounded-panel" />)}
        {list.data?.toSorted(byState).map((reservation) => (
          <li key={reservation.reservationId}>
            <ReservationCard reservation={reservation} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const order = { HELD: 0, PAID: 1, REFUNDED: 2, EXPIRED: 3, RELEASED: 3 }

function byState(a: ReservationListing, b: ReservationListing): number {
  return order[a.state] - order[b.state] || b.reservationId - a.reservationId
}

/** A hold may end on its own; nothing else in the list changes unasked. */
function refetchWhileHeld(query: { state: { data?: ReservationListing[] | undefined } }): number | false {
  return query.state.data?.some((each) => each.state === 'HELD') === true ? 5_000 : false
}
