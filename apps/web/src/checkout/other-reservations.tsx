import type { ReservationListing } from '@greenroom/contract'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { ReservationStateChip } from '../reservations/reservation-state-chip.tsx'
import { tellMoney } from '../text/money.ts'
import { tellSeats } from '../text/seats.ts'

/** What the address names and this payment has no part in: each with what became of it. */
export function OtherReservations({
  title = m.other_reservations(),
  reservations,
  className,
}: {
  /** default: for a page about others */
  title?: string
  reservations: readonly ReservationListing[]
  className: string
}) {
  if (reservations.length === 0) return null
  return (
    <section aria-labelledby="others" className={className}>
      <h2 id="others" className="text-lg">
        {title}
      </h2>
      <ul className="mt-3 divide-y divide-rule/60 border-y border-rule/60">
        {reservations.map(({ reservationId, state, seats, amountMinor, currency }) => (
          <li
            key={reservationId}
            className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 py-3 sm:grid-cols-[auto_1fr_auto]"
          >
            <ReservationStateChip state={state} />
            {/* below on a phone, where amounts then stand below one another */}
            <ul className="order-last col-span-2 min-w-0 font-medium sm:order-none sm:col-span-1">
              {tellSeats(seats).map((row) => (
                <li key={row}>{row}</li>
              ))}
            </ul>
            <span className={classNames('text-right text-soft', state !== 'PAID' && 'line-through')}>
              {tellMoney(amountMinor, currency)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
