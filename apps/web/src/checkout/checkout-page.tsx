import { useSuspenseQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { api } from '../data/api.ts'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { EndedHold } from './ended-hold.tsx'
import { OrderSummary } from './order-summary.tsx'
import { PaidSummary } from './paid-summary.tsx'
import { PayPanel } from './pay-panel.tsx'

const route = getRouteApi('/checkout/$reservationIds')

/** Seats, sum, wallet, one button. What the reservations are now decides what is shown, also after a reload. */
export function CheckoutPage() {
  useTitle(m.title_checkout())
  const { reservationIds } = route.useParams()
  const reservations = useSuspenseQueries({
    queries: reservationIds.map((reservationId) => ({
      ...api.reservations.get.queryOptions({ reservationId }),
      refetchInterval: 10_000,
    })),
    combine: (results) => results.map((result) => result.data),
  })
  useEffect(() => {
    for (const each of reservations) serverClock.observe(each.asOfMs)
  }, [reservations])
  if (reservations.every((each) => each.state === 'PAID')) return <PaidSummary reservations={reservations} />
  const ended = reservations.filter((each) => each.state === 'RELEASED' || each.state === 'REFUNDED')
  if (ended.length > 0) return <EndedHold reservations={reservations} />
  return (
    <div className="page grid max-w-5xl items-start gap-x-12 gap-y-8 py-8 sm:py-10 md:grid-cols-[1fr_23rem]">
      <div>
        <h1 className="text-3xl">{m.title_checkout()}</h1>
        <OrderSummary reservations={reservations} />
      </div>
      <PayPanel reservations={reservations} />
    </div>
  )
}
