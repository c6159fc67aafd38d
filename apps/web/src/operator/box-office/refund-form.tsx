import type { PaymentDetails, ReservationId, SoldReservation } from '@greenroom/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { greenroom } from '../../data/api.ts'
import { useAttempt } from '../../data/use-attempt.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { tellMoney } from '../../text/money.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { ReasonField } from './reason-field.tsx'

type Wish = { reservationIds: ReservationId[]; reason: string; evenIfUsed: boolean }

const checkLook = 'size-5 shrink-0 accent-lamp'

/** Which reservations of a payment go back, why, and whether also those with which somebody was let in. Asks before. */
export function RefundForm({ payment }: { payment: PaymentDetails }) {
  const queries = useQueryClient()
  const paid = payment.reservations.filter(({ state }) => state === 'PAID')
  const [chosen, setChosen] = useState(() => new Set(paid.map(({ reservationId }) => reservationId)))
  const [asked, setAsked] = useState<Wish>()
  const refund = useAttempt({
    name: ({ reservationIds }: Wish) => `operator refund ${reservationIds.join(' ')}`,
    run: (wish, idempotencyKey) =>
      greenroom.api.boxOffice.refund.mutate({ paymentId: payment.paymentId, ...wish, idempotencyKey }),
    onSuccess: (done) => {
      setAsked(undefined)
      toast.success(m.operator_refund_done({ amount: tellMoney(done.amountMinor, done.currency) }))
      void queries.invalidateQueries()
    },
  })
  if (paid.length === 0) return null
  const wanted = paid.filter(({ reservationId }) => chosen.has(reservationId))
  const amountMinor = wanted.reduce((sum, each) => sum + each.amountMinor, 0)
  return (
    <form
      className="mt-5 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        refund.reset()
        setAsked({
          reservationIds: wanted.map(({ reservationId }) => reservationId),
          reason: field('reason').trim(),
          evenIfUsed: field('evenIfUsed') === 'on',
        })
      }}
    >
      {paid.length > 1 && (
        <fieldset>
          <legend className="mb-1 text-sm font-semibold">{m.operator_refund_choose()}</legend>
          {paid.map(({ reservationId, amountMinor: price }) => (
            <label key={reservationId} className="flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                className={checkLook}
                checked={chosen.has(reservationId)}
                onChange={(event) => {
                  const next = new Set(chosen)
                  if (event.currentTarget.checked) next.add(reservationId)
                  else next.delete(reservationId)
                  setChosen(next)
                }}
              />
              {m.payment_reservation({ number: reservationId })} · {tellMoney(price, payment.currency)}
            </label>
          ))}
        </fieldset>
      )}
      <ReasonField />
      {wanted.some(hasUsed) && (
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" name="evenIfUsed" className={checkLook} />
          {m.operator_refund_used()}
        </label>
      )}
      <Button type="submit" tone="bad" disabled={wanted.length === 0}>
        {m.operator_refund()}
      </Button>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setAsked(undefined)
        }}
        title={m.operator_refund_title({ amount: tellMoney(amountMinor, payment.currency) })}
        description={m.operator_refund_text({ name: payment.fanName })}
        confirm={m.operator_refund()}
        busy={refund.isPending}
        failure={tellFailure(refund.error)}
        onConfirm={() => {
          if (asked !== undefined) refund.mutate(asked)
        }}
      />
    </form>
  )
}

function hasUsed({ tickets }: SoldReservation): boolean {
  return tickets.some(({ state }) => state === 'USED')
}
