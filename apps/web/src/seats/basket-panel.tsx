import type { ConcertPage, ReservedSeat, SeatId, ShowSummary } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Button, buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { tellMoney } from '../text/money.ts'
import { BestAvailable } from './best-available.tsx'
import { HeldSeats } from './held-seats.tsx'
import { LostSeats } from './lost-seats.tsx'
import { SeatLegend } from './seat-legend.tsx'
import { PickedSeats } from './picked-seats.tsx'
import type { Basket } from './use-basket.ts'

export type SeatNameOf = (seatId: SeatId) => Pick<ReservedSeat, 'section' | 'row' | 'number' | 'categoryCode'>

/** Beside the map on a desktop, a sheet under it on a phone: what is held, what is picked, and the next step. */
export function BasketPanel(props: {
  concert: ConcertPage
  show: ShowSummary
  basket: Basket
  canHold: boolean
  nameOf: SeatNameOf
}) {
  const { concert, basket, nameOf } = props
  const [isOpen, setOpen] = useState(false)
  const priceOf = (seatId: SeatId): number =>
    concert.categories.find((category) => category.code === nameOf(seatId).categoryCode)?.priceMinor ?? 0
  const picked = [...basket.picked.selection]
  const pickedMinor = picked.reduce((sum, seatId) => sum + priceOf(seatId), 0)
  const heldMinor = basket.holds.reduce((sum, hold) => sum + hold.amountMinor, 0)
  const heldCount = basket.mine.size
  return (
    <aside
      aria-label={m.basket()}
      className="relative z-10 flex max-h-[66dvh] min-h-0 flex-col border-t border-rule/60 bg-surface shadow-[0_-12px_32px_-20px_oklch(0_0_0/.6)] lg:max-h-none lg:border-t-0 lg:border-l lg:shadow-none"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-10 items-center justify-center gap-2 text-sm font-medium text-soft lg:hidden"
      >
        <ChevronUp
          aria-hidden="true"
          className={classNames('size-5 transition-transform', isOpen && 'rotate-180')}
        />
        {isOpen ? m.basket_close() : m.basket_open()}
      </button>
      <LostSeats basket={basket} nameOf={nameOf} />
      <div
        className={classNames(
          'min-h-0 flex-1 overflow-y-auto px-4 pb-4 lg:block lg:px-6 lg:pt-5',
          !isOpen && 'hidden',
        )}
      >
        <div className="grid gap-7">
          {basket.holds.map((hold) => (
            <HeldSeats key={hold.reservationId} hold={hold} basket={basket} />
          ))}
          <PickedSeats
            seatIds={picked}
            nameOf={nameOf}
            priceOf={priceOf}
            concert={concert}
            isHolding={heldCount > 0}
            onRemove={basket.picked.remove}
          />
          <BestAvailable concert={concert} basket={basket} canHold={props.canHold} />
          <SeatLegend />
        </div>
      </div>
      <div className="flex items-center gap-4 border-t border-rule/60 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:px-6 lg:py-4">
        <div className="min-w-24 flex-1" aria-live="polite">
          <div className="text-sm text-soft">
            {picked.length > 0 || heldCount === 0
              ? m.picked_count({ count: picked.length })
              : m.held_count({ count: heldCount })}
          </div>
          <div className="text-xl leading-tight font-extrabold tracking-[-0.02em]">
            {tellMoney(picked.length > 0 ? pickedMinor : heldMinor, concert.currency)}
          </div>
        </div>
        {picked.length === 0 && heldCount > 0 ? (
          <Link
            to="/checkout/$reservationIds"
            params={{ reservationIds: basket.holds.map((hold) => hold.reservationId) }}
            className={`${buttonLook({ size: 'lg' })} flex-1`}
          >
            {m.to_payment()}
          </Link>
        ) : (
          <Button
            size="lg"
            className="flex-1"
            busy={basket.hold.isPending}
            disabled={picked.length === 0 || !props.canHold}
            onClick={() => basket.hold.mutate(picked)}
          >
            {picked.length === 0 ? m.pick_seats() : m.hold_seats()}
          </Button>
        )}
      </div>
    </aside>
  )
}
