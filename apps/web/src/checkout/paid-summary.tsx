import type { ReservationListing } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { buttonLook } from '../design/button.tsx'
import { LampBar } from '../design/lamp-bar.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellSeats } from '../text/seats.ts'
import { AddToCalendar } from '../tickets/add-to-calendar.tsx'
import { OtherReservations } from './other-reservations.tsx'

/** All lamps lit: it is theirs. `others` were to be paid with it and were not, or are paid no more. */
export function PaidSummary({
  reservations,
  others,
}: {
  reservations: readonly ReservationListing[]
  others: readonly ReservationListing[]
}) {
  // it takes the place of a longer page whose button was at its end
  useEffect(() => {
    // in braces: newer browsers answer with a promise, which is no clean-up
    scrollTo({ top: 0, behavior: 'instant' })
  }, [])
  const [first] = reservations
  if (first === undefined) return null
  const seats = reservations.flatMap((each) => each.seats)
  return (
    <div className="page max-w-2xl py-8 sm:py-14">
      <section className="night overflow-hidden rounded-panel border border-rule/40 bg-stage bg-radial-[at_50%_0%] from-lamp/40 to-transparent to-75% text-cream">
        <div className="px-6 pt-7 sm:px-10">
          <LampBar share={1} lamps={24} size="lg" />
        </div>
        <div className="px-6 pt-14 pb-12 text-center sm:px-10">
          <h1 className="text-[clamp(2.25rem,9vw,3.75rem)] font-extrabold">{m.paid_title()}</h1>
          <p className="mt-5 text-xl font-semibold">{told(first.concertTitle)}</p>
          <p className="mt-1 text-cream/85">
            {formatInstant(first.startsAtMs, { locale: currentLocale(), timeZone: first.timeZone })}
          </p>
          <ul className="mt-1 text-cream/85">
            {tellSeats(seats).map((row) => (
              <li key={row}>{row}</li>
            ))}
          </ul>
          <div className="mt-9 flex flex-col justify-center gap-2 sm:flex-row">
            <Link to="/tickets" className={buttonLook({ size: 'lg' })}>
              {m.see_tickets()}
            </Link>
            <AddToCalendar show={first} seats={seats} look={{ size: 'lg' }} />
          </div>
          <Link
            to="/reservations"
            className="mt-5 inline-block font-semibold text-cream/85 underline underline-offset-4 hover:text-cream"
          >
            {m.nav_reservations()}
          </Link>
        </div>
      </section>
      <OtherReservations reservations={others} className="mt-10" />
    </div>
  )
}
