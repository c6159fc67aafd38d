import type { ReservationListing } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import { api, greenroom } from '../data/api.ts'
import { useAttempt } from '../data/use-attempt.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellMoney } from '../text/money.ts'
import { tellSeats } from '../text/seats.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { useAccent } from '../tickets/use-accent.ts'
import { HoldCountdown } from './hold-countdown.tsx'
import { ReservationStateChip } from './reservation-state-chip.tsx'

/** One reservation and what can still be done with it. */
export function ReservationCard({ reservation }: { reservation: ReservationListing }) {
  const { reservationId, concertId, state } = reservation
  const isOver = state === 'EXPIRED' || state === 'RELEASED' || state === 'REFUNDED'
  return (
    <Panel className="grid grid-cols-[4.5rem_1fr] overflow-hidden sm:grid-cols-[9rem_1fr]">
      <Poster
        concertId={concertId}
        accent={useAccent(concertId)}
        className={classNames('min-h-full', isOver && 'grayscale')}
      />
      <div className="min-w-0 p-4 sm:p-6">
        <div className="flex items-center justify-between gap-3">
          <ReservationStateChip state={state} />
          <span className="text-sm text-faint">{m.reservation_number({ number: reservationId })}</span>
        </div>
        <h2 className="mt-3 text-lg leading-snug">
          <Link to="/concerts/$concertId" params={{ concertId }} className="hover:text-lamp-text">
            {told(reservation.concertTitle)}
          </Link>
        </h2>
        <p className="mt-1 text-[0.9375rem] text-soft">
          {formatInstant(reservation.startsAtMs, { locale: currentLocale(), timeZone: reservation.timeZone })}
        </p>
        <p className="text-[0.9375rem] text-soft">{told(reservation.venue)}</p>
        <div className="mt-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
          <ul className="font-medium">
            {tellSeats(reservation.seats).map((seats) => (
              <li key={seats}>{seats}</li>
            ))}
          </ul>
          <span className={classNames('ml-auto text-lg font-bold', isOver && 'text-soft line-through')}>
            {tellMoney(reservation.amountMinor, reservation.currency)}
          </span>
        </div>
        {reservation.movedFromMs !== null && !reservation.isCancelled && !isOver && (
          <Notice tone="plain" className="mt-4">
            {tellMoved(reservation, reservation.movedFromMs)}
          </Notice>
        )}
        {reservation.isCancelled && <Notice className="mt-4 font-medium">{tellCancelled(state)}</Notice>}
        {state === 'HELD' && !reservation.isCancelled && (
          <>
            <HoldCountdown hold={reservation} className="mt-4 border-t border-rule/60 pt-4" />
            <div className="mt-4 flex flex-wrap justify-end gap-2">
              <ReleaseButton reservation={reservation} />
              <Link
                to="/checkout/$reservationIds"
                params={{ reservationIds: [reservationId] }}
                className={buttonLook()}
              >
                {m.to_payment()}
              </Link>
            </div>
          </>
        )}
        {state === 'PAID' && !reservation.isCancelled && (
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <RefundButton reservation={reservation} />
            <Link to="/tickets" className={buttonLook({ tone: 'outline' })}>
              {m.see_tickets()}
            </Link>
          </div>
        )}
      </div>
    </Panel>
  )
}

/** Another time than the one that the seats were held for. */
function tellMoved({ state, timeZone }: ReservationListing, movedFromMs: number): string {
  const from = formatInstant(movedFromMs, { locale: currentLocale(), timeZone })
  return state === 'PAID' ? m.show_moved({ from }) : m.show_moved_hold({ from })
}

/** A show that does not take place, and where the money is, if there was any. */
function tellCancelled(state: ReservationListing['state']): string {
  if (state === 'REFUNDED') return m.cancelled_refunded()
  return state === 'PAID' ? m.cancelled_refund_coming() : m.error_show_cancelled()
}

function ReleaseButton({ reservation }: { reservation: ReservationListing }) {
  const [isAsking, setAsking] = useState(false)
  const queries = useQueryClient()
  const release = useMutation(
    api.reservations.release.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: () => queries.invalidateQueries(api.reservations.pathFilter()),
    }),
  )
  return (
    <>
      <Button
        tone="quiet"
        onClick={() => {
          release.reset()
          setAsking(true)
        }}
      >
        {m.release()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.release_title()}
        description={m.release_text()}
        confirm={m.release()}
        busy={release.isPending}
        failure={tellFailure(release.error)}
        onConfirm={() => release.mutate({ reservationId: reservation.reservationId })}
      />
    </>
  )
}

function RefundButton({ reservation }: { reservation: ReservationListing }) {
  const [isAsking, setAsking] = useState(false)
  const queries = useQueryClient()
  const refund = useAttempt({
    name: (id: ReservationListing['reservationId']) => `refund ${id}`,
    run: (reservationId, idempotencyKey) =>
      greenroom.api.payments.refund.mutate({ reservationId, idempotencyKey }),
    onSuccess: (refunded) => {
      setAsking(false)
      toast.success(m.refunded_toast({ amount: tellMoney(refunded.amountMinor, refunded.currency) }))
      void queries.invalidateQueries()
    },
  })
  return (
    <>
      <Button
        tone="quiet"
        onClick={() => {
          refund.reset()
          setAsking(true)
        }}
      >
        {m.refund()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.refund_title()}
        description={m.refund_text({ amount: tellMoney(reservation.amountMinor, reservation.currency) })}
        confirm={m.refund()}
        busy={refund.isPending}
        failure={tellFailure(refund.error)}
        onConfirm={() => refund.mutate(reservation.reservationId)}
      />
    </>
  )
}
