import type { ReservationId } from '@greenroom/contract'
import { useSuspenseQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { api } from '../data/api.ts'
import { useHeadingFocus } from '../design/use-heading-focus.ts'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { EndedHold, endedTitle } from './ended-hold.tsx'
import { GoneSeats } from './gone-seats.tsx'
import { OrderSummary } from './order-summary.tsx'
import { OtherReservations } from './other-reservations.tsx'
import { PaidSummary } from './paid-summary.tsx'
import { PayPanel } from './pay-panel.tsx'
import { type Purchase, sortPurchase } from './sort-purchase.ts'

const route = getRouteApi('/checkout/$reservationIds')
const none: ReadonlySet<ReservationId> = new Set()

/** Seats, sum, wallet, one button. What the reservations are now decides what is shown, also after a reload. */
export function CheckoutPage() {
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
  const [goneIds, setGoneIds] = useState(none)
  const purchase = sortPurchase(reservations, goneIds)
  const stage = stageOf(purchase)
  useTitle(titleOf(purchase))
  const page = useHeadingFocus<HTMLDivElement>(stage)
  return (
    <div ref={page}>
      {stage === 'paid' && <PaidSummary reservations={purchase.paid} others={purchase.ended} />}
      {stage === 'ended' && <EndedHold reservations={purchase.ended} />}
      {stage === 'open' && (
        <div className="page grid max-w-5xl items-start gap-x-12 gap-y-8 py-8 sm:py-10 md:grid-cols-[1fr_23rem]">
          <div>
            <h1 className="text-3xl">{m.title_checkout()}</h1>
            <GoneSeats reservations={purchase.ended} className="mt-6" />
            <OrderSummary reservations={purchase.payable} />
            <OtherReservations reservations={[...purchase.paid, ...purchase.ended]} className="mt-10" />
          </div>
          <PayPanel
            reservations={purchase.payable}
            onGone={(reservationId) => setGoneIds((before) => new Set([...before, reservationId]))}
          />
        </div>
      )}
    </div>
  )
}

/** As long as anything can be paid it is about paying; else about what was paid, if anything was. */
function stageOf({ payable, paid }: Purchase): 'open' | 'paid' | 'ended' {
  if (payable.length > 0) return 'open'
  return paid.length > 0 ? 'paid' : 'ended'
}

function titleOf(purchase: Purchase): string {
  const stage = stageOf(purchase)
  if (stage === 'open') return m.title_checkout()
  return stage === 'paid' ? m.paid_title() : endedTitle(purchase.ended)
}
