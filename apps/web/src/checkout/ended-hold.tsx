import type { ReservationListing } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'
import { OtherSeatsLink } from './other-seats-link.tsx'
import { OtherReservations } from './other-reservations.tsx'

/** Nothing of it can be paid any more: what became of the seats and of the money, and where to go instead. */
export function EndedHold({ reservations }: { reservations: readonly ReservationListing[] }) {
  const [first] = reservations
  const stories = new Set(reservations.map(tellEnd))
  return (
    <>
      <EmptyState
        title={endedTitle(reservations)}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {first !== undefined && <OtherSeatsLink reservation={first} className={buttonLook()} />}
            <Link to="/reservations" className={buttonLook({ tone: 'outline' })}>
              {m.nav_reservations()}
            </Link>
          </div>
        }
      >
        {[...stories].join(' ')}
      </EmptyState>
      {stories.size > 1 && (
        <OtherReservations
          title={m.nav_reservations()}
          reservations={reservations}
          className="page max-w-2xl pb-12"
        />
      )}
    </>
  )
}

export function endedTitle(reservations: readonly ReservationListing[]): string {
  return reservations.every((each) => each.state === 'REFUNDED') ? m.state_refunded() : m.hold_ended_title()
}

function tellEnd({ state }: ReservationListing): string {
  if (state === 'REFUNDED') return m.ended_refunded()
  return state === 'RELEASED' ? m.ended_released() : m.error_hold_expired()
}
