import type { ReservationListing } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { m } from '../paraglide/messages.js'

/** The way from seats that cannot be paid any more to others of the same date. */
export function OtherSeatsLink({
  reservation: { concertId, showId },
  className = 'font-semibold underline underline-offset-4',
}: {
  reservation: ReservationListing
  className?: string
}) {
  return (
    <Link to="/concerts/$concertId/shows/$showId" params={{ concertId, showId }} className={className}>
      {m.choose_other_seats()}
    </Link>
  )
}
