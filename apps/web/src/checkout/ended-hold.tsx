import type { ReservationListing } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'

/** A hold that was given back or refunded cannot be paid: where to go instead. */
export function EndedHold({ reservations }: { reservations: readonly ReservationListing[] }) {
  const [first] = reservations
  return (
    <EmptyState
      title={m.hold_ended_title()}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {first !== undefined && (
            <Link
              to="/concerts/$concertId/shows/$showId"
              params={{ concertId: first.concertId, showId: first.showId }}
              className={buttonLook()}
            >
              {m.choose_other_seats()}
            </Link>
          )}
          <Link to="/reservations" className={buttonLook({ tone: 'outline' })}>
            {m.nav_reservations()}
          </Link>
        </div>
      }
    >
      {m.hold_ended_text()}
    </EmptyState>
  )
}
