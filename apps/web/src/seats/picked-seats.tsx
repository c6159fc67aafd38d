import type { ConcertPage, SeatId } from '@greenroom/contract'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '../paraglide/messages.js'
import type { SeatPlan } from '../seat-map/index.ts'
import { tellMoney } from '../text/money.ts'
import { tellSeat } from '../text/seats.ts'
import type { SeatNameOf } from './basket-panel.tsx'
import { tellView } from './seat-map-labels.ts'
import { SeatSign } from './seat-sign.tsx'
import { tellCategory } from './tell-category.ts'

/** Seats that are picked but nobody's yet; before that, how picking goes. */
export function PickedSeats(props: {
  seatIds: readonly SeatId[]
  plan: SeatPlan | undefined
  firstSeatId: SeatId
  party: number | null
  nameOf: SeatNameOf
  priceOf: (seatId: SeatId) => number
  concert: ConcertPage
  isHolding: boolean
  onRemove: (seatId: SeatId) => void
  /** what there is to say about the choice */
  children: ReactNode
}) {
  const { plan, party, concert, nameOf } = props
  if (props.seatIds.length === 0) {
    if (props.isHolding) return null
    return (
      <section>
        <h2 className="text-lg">{m.your_seats()}</h2>
        <p className="mt-1.5 text-[0.9375rem] text-soft">
          {party === null ? m.pick_hint({ count: concert.seatsPerFan }) : m.together_hint({ count: party })}
        </p>
        {party === null && concert.seatsPerFan > 1 && (
          <p className="mt-1 text-[0.9375rem] text-soft">{m.how_many_hint()}</p>
        )}
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
          const seat = nameOf(seatId)
          const color = concert.categories.find((each) => each.code === seat.categoryCode)?.color
          const ordinal = seatId - props.firstSeatId
          return (
            <li key={seatId} className="flex min-h-13 items-center gap-3 py-1">
              <SeatSign kind={plan?.kindOf(ordinal)} color={color ?? 'currentColor'} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{tellSeat(seat)}</span>
                {plan !== undefined && (
                  <span className="block text-sm text-faint">
                    {tellCategory(plan, seat.categoryCode)} · {tellView(plan.viewFrom(ordinal))}
                  </span>
                )}
              </span>
              <span>{tellMoney(props.priceOf(seatId), concert.currency)}</span>
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
      {props.children}
    </section>
  )
}
