import type { ReservationListing } from '@greenroom/contract'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { OtherSeatsLink } from './other-seats-link.tsx'

/** Among what is paid there was a hold whose seats another fan has by now: told at once, with a way to others. */
export function GoneSeats({
  reservations,
  className,
}: {
  reservations: readonly ReservationListing[]
  className: string
}) {
  const gone = reservations.find((each) => each.state === 'EXPIRED')
  if (gone === undefined) return null
  return (
    <Notice tone="bad" className={className}>
      {m.error_hold_expired()} <OtherSeatsLink reservation={gone} />
    </Notice>
  )
}
