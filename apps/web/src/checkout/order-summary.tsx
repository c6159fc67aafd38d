import type { ReservationListing } from '@greenroom/contract'
import { Notice } from '../design/notice.tsx'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellMoney } from '../text/money.ts'
import { tellSeat } from '../text/seats.ts'
import { hasOwnPrices } from './own-prices.ts'
import { useAccent } from '../tickets/use-accent.ts'

/** What is bought, seat by seat, as a receipt reads. */
export function OrderSummary({ reservations }: { reservations: readonly ReservationListing[] }) {
  return (
    <div className="mt-6 grid gap-8">
      {reservations.map((reservation) => (
        <Order key={reservation.reservationId} reservation={reservation} />
      ))}
    </div>
  )
}

function Order({ reservation }: { reservation: ReservationListing }) {
  const isPricedThen = hasOwnPrices(reservation)
  return (
    <section>
      <div className="flex gap-5">
        <Poster
          concertId={reservation.concertId}
          accent={useAccent(reservation.concertId)}
          className="aspect-[4/5] w-24 shrink-0 rounded-control"
        />
        <div>
          <h2 className="text-xl">{told(reservation.concertTitle)}</h2>
          <p className="mt-1.5 text-soft">
            {formatInstant(reservation.startsAtMs, {
              locale: currentLocale(),
              timeZone: reservation.timeZone,
            })}
          </p>
          <p className="text-soft">{told(reservation.venue)}</p>
          <p className="mt-2 text-sm text-faint">
            {m.reservation_number({ number: reservation.reservationId })}
          </p>
        </div>
      </div>
      {reservation.movedFromMs !== null && (
        <Notice tone="plain" className="mt-5">
          {m.show_moved_hold({
            from: formatInstant(reservation.movedFromMs, {
              locale: currentLocale(),
              timeZone: reservation.timeZone,
            }),
          })}
        </Notice>
      )}
      <ul className="mt-5 divide-y divide-rule/60 border-y border-rule/60">
        {reservation.seats.map((seat) => (
          <li key={seat.seatId} className="flex min-h-12 items-center justify-between gap-4">
            <span className="font-medium">{tellSeat(seat)}</span>
            {isPricedThen && <span>{tellMoney(seat.priceMinor, reservation.currency)}</span>}
          </li>
        ))}
        {!isPricedThen && (
          <li className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 py-2">
            <span className="text-sm text-soft">{m.order_price_then()}</span>
            <span className="ml-auto">{tellMoney(reservation.amountMinor, reservation.currency)}</span>
          </li>
        )}
      </ul>
    </section>
  )
}
