import type { SeatId } from '@greenroom/contract'
import { X } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { tellSeats } from '../text/seats.ts'
import type { SeatNameOf } from './basket-panel.tsx'
import type { Basket } from './use-basket.ts'

/**
 * The lost race: which seats somebody else was faster at and why they are gone, that the rest is kept, and the nearest seats of
 * the same price, to hold with the rest by one press. They are shown on the map as well.
 */
export function LostSeats(props: { basket: Basket; nameOf: SeatNameOf; equal: readonly SeatId[] }) {
  const { basket, nameOf, equal } = props
  const { lost, selection } = basket.picked
  const tell = (seatIds: readonly SeatId[]): string => tellSeats(seatIds.map(nameOf)).join(' / ')
  const kept = [...selection]
  const mayComeBack = lost.some(({ status }) => status === 'held')
  if (lost.length === 0) return <div role="alert" />
  return (
    <div className="mx-4 mb-3 rounded-control border border-bad/50 bg-bad/10 px-4 py-3 text-[0.9375rem] lg:mx-6 lg:mt-5 lg:mb-0">
      <div className="flex items-start gap-2">
        {/* the loss alone: what is offered changes as others take it, and would be read out each time */}
        <div role="alert" className="min-w-0 flex-1">
          <p className="font-semibold">{m.lost_title({ seats: tell(lost.map(({ seatId }) => seatId)) })}</p>
          <p className="text-soft">
            <span>{mayComeBack ? m.lost_why_held() : m.lost_why_sold()}</span>{' '}
            <span>{kept.length > 0 ? m.lost_kept({ count: kept.length }) : m.lost_none_kept()}</span>
          </p>
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
      <p className="mt-2 font-medium">
        {equal.length === 0 ? m.lost_no_equal() : m.lost_equal({ seats: tell(equal) })}
      </p>
      {equal.length > 0 ? (
        <Button
          tone="outline"
          size="sm"
          className="mt-2"
          busy={basket.hold.isPending}
          onClick={() => basket.hold.mutate([...kept, ...equal])}
        >
          {m.lost_take({ count: kept.length + equal.length })}
        </Button>
      ) : (
        <Button
          tone="outline"
          size="sm"
          className="mt-2"
          busy={basket.holdBest.isPending}
          onClick={() =>
            basket.holdBest.mutate(
              { quantity: lost.length + kept.length },
              { onSuccess: basket.picked.clear },
            )
          }
        >
          {m.lost_offer({ count: lost.length + kept.length })}
        </Button>
      )}
    </div>
  )
}
