import type { ConcertPage, ReservedSeat, SeatId } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { ChevronUp } from 'lucide-react'
import type { RefObject } from 'react'
import { CountdownAnnouncer } from '../clock/countdown-announcer.tsx'
import { useServerNow } from '../clock/use-server-now.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { useLater } from '../design/use-later.ts'
import { m } from '../paraglide/messages.js'
import type { SeatPlan } from '../seat-map/index.ts'
import { formatCountdown } from '../text/durations.ts'
import { tellMoney } from '../text/money.ts'
import { BestAvailable } from './best-available.tsx'
import { HeldSeats } from './held-seats.tsx'
import { LostSeats } from './lost-seats.tsx'
import { SeatLegend } from './seat-legend.tsx'
import { PickedSeats } from './picked-seats.tsx'
import { SingleSeatNote } from './single-seat-note.tsx'
import type { Basket } from './use-basket.ts'
import type { Where } from './where.ts'

export type SeatNameOf = (seatId: SeatId) => Pick<ReservedSeat, 'section' | 'row' | 'number' | 'categoryCode'>

/** Beside the map on a desktop, a sheet under it on a phone: what is held, what is picked, and the next step. */
export function BasketPanel(props: {
  concert: ConcertPage
  plan: SeatPlan | undefined
  firstSeatId: SeatId
  basket: Basket
  /** seats to offer in place of lost ones */
  equal: readonly SeatId[]
  party: number | null
  where: Where
  onWhere: (where: Where) => void
  bestRef: RefObject<HTMLButtonElement | null>
  canHold: boolean
  nameOf: SeatNameOf
  /** on a phone, where it covers the map */
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
}) {
  const { concert, plan, basket, nameOf, isOpen } = props
  // a phone has it closed, and elsewhere the map is what is waited for
  const hasAll = useLater()
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
        onClick={() => props.onOpen(!isOpen)}
        className="flex min-h-10 items-center justify-center gap-2 text-sm font-medium text-soft lg:hidden"
      >
        <ChevronUp
          aria-hidden="true"
          className={classNames('size-5 transition-transform', isOpen && 'rotate-180')}
        />
        {isOpen ? m.basket_close() : m.basket_open()}
      </button>
      <LostSeats basket={basket} nameOf={nameOf} equal={props.equal} />
      <div
        className={classNames(
          'min-h-0 flex-1 overflow-y-auto px-4 pb-4 lg:block lg:px-6 lg:pt-5',
          !isOpen && 'hidden',
        )}
      >
        <div className="grid gap-7">
          {hasAll && (
            <>
              {basket.holds.map((hold) => (
                <HeldSeats key={hold.reservationId} hold={hold} basket={basket} />
              ))}
              <PickedSeats
                seatIds={picked}
                plan={plan}
                firstSeatId={props.firstSeatId}
                party={props.party}
                nameOf={nameOf}
                priceOf={priceOf}
                concert={concert}
                isHolding={heldCount > 0}
                onRemove={(seatId) => basket.picked.remove([seatId])}
              >
                {plan !== undefined && <SingleSeatNote plan={plan} basket={basket} nameOf={nameOf} />}
              </PickedSeats>
              <BestAvailable
                {...{ concert, plan, basket, party: props.party, where: props.where }}
                onWhere={props.onWhere}
                canHold={props.canHold}
                buttonRef={props.bestRef}
              />
              <SeatLegend plan={plan} />
            </>
          )}
        </div>
      </div>
      <div className="flex items-center gap-4 border-t border-rule/60 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:px-6 lg:py-4">
        <div className="min-w-24 flex-1">
          <div className="text-sm text-soft">
            <span aria-live="polite">
              {picked.length > 0 || heldCount === 0
                ? m.picked_count({ count: picked.length })
                : m.held_count({ count: heldCount })}
            </span>
            {heldCount > 0 && !isOpen && <HoldLeft holds={basket.holds} />}
          </div>
          <div aria-live="polite" className="text-xl leading-tight font-extrabold tracking-[-0.02em]">
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

/** On a phone the panel with the countdown is mostly closed, and what is hidden tells nobody anything. */
function HoldLeft({ holds }: { holds: Basket['holds'] }) {
  const leftMs = Math.min(...holds.map((hold) => hold.heldUntilMs)) - useServerNow()
  return (
    <span className="ml-2 font-semibold text-ink lg:hidden">
      {m.hold_left({ left: formatCountdown(leftMs) })}
      <CountdownAnnouncer leftMs={leftMs} tell={m.hold_seconds_left} />
    </span>
  )
}
