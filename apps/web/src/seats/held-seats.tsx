import type { Reservation } from '@greenroom/contract'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { HoldCountdown } from '../reservations/hold-countdown.tsx'
import { tellMoney } from '../text/money.ts'
import { tellSeat } from '../text/seats.ts'
import type { Basket } from './use-basket.ts'

/** Seats that are this fan's until the lamps go out. */
export function HeldSeats({ hold, basket }: { hold: Reservation; basket: Basket }) {
  return (
    <section aria-label={m.state_held()} className="rounded-panel border border-lamp/40 bg-lamp/8 p-4">
      <HoldCountdown hold={hold} />
      <ul className="mt-3 divide-y divide-rule/50">
        {hold.seats.map((seat) => (
          <li key={seat.seatId} className="flex min-h-10 items-center justify-between gap-3">
            <span className="font-medium">{tellSeat(seat)}</span>
            <span className="text-soft">{tellMoney(seat.priceMinor, hold.currency)}</span>
          </li>
        ))}
      </ul>
      <Button
        tone="quiet"
        size="sm"
        className="mt-2 -ml-3"
        busy={basket.release.isPending && basket.release.variables === hold.reservationId}
        onClick={() => basket.release.mutate(hold.reservationId)}
      >
        {m.release()}
      </Button>
    </section>
  )
}
