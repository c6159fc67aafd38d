import { X } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { tellSeats } from '../text/seats.ts'
import type { SeatNameOf } from './basket-panel.tsx'
import type { Basket } from './use-basket.ts'

/** The lost race: which seats somebody else was faster at, that the rest is kept, and as many together at once. */
export function LostSeats({ basket, nameOf }: { basket: Basket; nameOf: SeatNameOf }) {
  const lost = [...basket.picked.lost]
  const [first] = lost
  if (first === undefined) return <div role="alert" />
  const kept = basket.picked.selection.size
  const { categoryCode } = nameOf(first)
  const quantity = lost.length + kept
  return (
    <div
      role="alert"
      className="mx-4 mb-3 rounded-control border border-bad/50 bg-bad/10 px-4 py-3 text-[0.9375rem] lg:mx-6 lg:mt-5 lg:mb-0"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{m.lost_title({ seats: tellSeats(lost.map(nameOf)).join(' / ') })}</p>
          <p className="text-soft">{kept > 0 ? m.lost_kept({ count: kept }) : m.lost_none_kept()}</p>
        </div>
        <button
          type="button"
          aria-label={m.dismiss()}
          onClick={basket.picked.forgetLost}
          className="-mt-1 -mr-2 grid size-9 shrink-0 place-items-center rounded-control text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      </div>
      <Button
        tone="outline"
        size="sm"
        className="mt-2.5"
        busy={basket.holdBest.isPending}
        onClick={() =>
          basket.holdBest.mutate(
            { quantity, ...(categoryCode < 0 ? {} : { categoryCode }) },
            { onSuccess: basket.picked.clear },
          )
        }
      >
        {m.lost_offer({ count: quantity })}
      </Button>
    </div>
  )
}
