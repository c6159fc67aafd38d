import type { ConcertPage, SeatId } from '@greenroom/contract'
import { X } from 'lucide-react'
import { m } from '../paraglide/messages.js'
import { tellMoney } from '../text/money.ts'
import { tellSeat } from '../text/seats.ts'
import type { SeatNameOf } from './basket-panel.tsx'

/** Seats that are picked but nobody's yet. */
export function PickedSeats(props: {
  seatIds: readonly SeatId[]
  nameOf: SeatNameOf
  priceOf: (seatId: SeatId) => number
  concert: ConcertPage
  isHolding: boolean
  onRemove: (seatId: SeatId) => void
}) {
  if (props.seatIds.length === 0) {
    if (props.isHolding) return null
    return (
      <section>
        <h2 className="text-lg">{m.your_seats()}</h2>
        <p className="mt-1.5 text-[0.9375rem] text-soft">
          {m.pick_hint({ count: props.concert.seatsPerFan })}
        </p>
      </section>
    )
  }
  return (
    <section aria-labelledby="picked">
      <h2 id="picked" className="text-lg">
        {m.your_seats()}
      </h2>
      <ul className="mt-2 divide-y divide-rule/60 border-y border-rule/60">
        {props.seatIds.map((seatId) => {
          const seat = props.nameOf(seatId)
          const category = props.concert.categories.find((each) => each.code === seat.categoryCode)
          return (
            <li key={seatId} className="flex min-h-13 items-center gap-3">
              <span
                aria-hidden="true"
                className="size-2.5 shrink-0 rounded-full"
                style={{ backgroundColor: category?.color }}
              />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{tellSeat(seat)}</span>
                <span className="block text-sm text-faint">{category?.name}</span>
              </span>
              <span>{tellMoney(props.priceOf(seatId), props.concert.currency)}</span>
              <button
                type="button"
                aria-label={m.remove_seat({ seat: tellSeat(seat) })}
                onClick={() => props.onRemove(seatId)}
                className="-mr-2 grid size-10 place-items-center rounded-control text-faint hover:bg-raised hover:text-ink"
              >
                <X aria-hidden="true" className="size-4" />
              </button>
            </li>
          )
        })}
      </ul>
      <p className="mt-2 text-sm text-faint">{m.not_held_yet()}</p>
    </section>
  )
}
