import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { findSingleSeats, type SeatPlan } from '../seat-map/index.ts'
import { tellSeats } from '../text/seats.ts'
import type { SeatNameOf } from './basket-panel.tsx'
import type { Basket } from './use-basket.ts'

/** Says when the picked seats leave one alone that nobody will want, and moves them aside by one press. It forbids nothing. */
export function SingleSeatNote(props: { plan: SeatPlan; basket: Basket; nameOf: SeatNameOf }) {
  const { plan, basket, nameOf } = props
  const first = basket.idOf(0)
  const single = findSingleSeats(plan, {
    picked: new Set([...basket.picked.selection].map((id) => id - first)),
    canHave: basket.isFree,
  })
  const tell = (ordinals: readonly number[]): string =>
    tellSeats(ordinals.map((ordinal) => nameOf(basket.idOf(ordinal)))).join(' / ')
  return (
    <div aria-live="polite">
      {single !== undefined && (
        <div className="mt-3 rounded-control border border-rule bg-raised/60 px-4 py-3 text-sm">
          <p className="font-semibold">{m.single_title({ seats: tell(single.alone) })}</p>
          <p className="mt-0.5 text-soft">{m.single_text()}</p>
          <Button
            tone="outline"
            size="sm"
            className="mt-2"
            onClick={() => {
              basket.picked.remove(single.group.map(basket.idOf))
              basket.picked.add(single.instead.map(basket.idOf))
            }}
          >
            {m.single_move({ seats: tell(single.instead) })}
          </Button>
        </div>
      )}
    </div>
  )
}
