import type { ReservationId, ReservationListing, WireError } from '@greenroom/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useServerNow } from '../clock/use-server-now.ts'
import { api, greenroom } from '../data/api.ts'
import { useAttempt } from '../data/use-attempt.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { HoldCountdown } from '../reservations/hold-countdown.tsx'
import { tellMoney } from '../text/money.ts'
import { tellRefusal } from '../text/refusals.ts'
import { ChargeForm } from '../wallet/charge-form.tsx'
import { OtherSeatsLink } from './other-seats-link.tsx'
import { isOver, nextToEnd } from './sort-purchase.ts'

/**
 * Pays all reservations or none. After the time of a hold the server may still give the same seats if nobody took them, so
 * the button stays and says so; `onGone` hears of one whose seats somebody has. What is in the wallet is shown and never
 * stands in the way: only the server knows, and it says what it has when it refuses.
 */
export function PayPanel({
  reservations,
  onGone,
}: {
  reservations: readonly ReservationListing[]
  onGone: (reservationId: ReservationId) => void
}) {
  const queries = useQueryClient()
  const nowMs = useServerNow()
  const wallet = useQuery(api.wallet.balance.queryOptions())
  const balance = wallet.isError ? undefined : wallet.data
  const hold = nextToEnd(reservations, nowMs)
  const ids = reservations.map((each) => each.reservationId)
  const pay = useAttempt({
    name: (reservationIds: typeof ids) => `pay ${reservationIds.join(',')}`,
    run: (reservationIds, idempotencyKey) =>
      greenroom.api.payments.pay.mutate({ reservationIds, idempotencyKey }),
    onSuccess: () => void queries.invalidateQueries(),
    onError: (error) => {
      const refusal = refusalOf(error)
      if (refusal?.code === 'HOLD_EXPIRED') onGone(refusal.details.reservationId)
      if (refusal?.code === 'BALANCE_TOO_LOW' && hold !== undefined) {
        const { balanceMinor } = refusal.details
        queries.setQueryData(api.wallet.balance.queryKey(), { balanceMinor, currency: hold.currency })
      }
      void queries.invalidateQueries(api.reservations.pathFilter())
      void queries.invalidateQueries(api.wallet.pathFilter())
    },
  })
  if (hold === undefined) return null
  const totalMinor = reservations.reduce((sum, each) => sum + each.amountMinor, 0)
  const missingMinor = balance === undefined ? 0 : Math.max(0, totalMinor - balance.balanceMinor)
  const over = reservations.find((each) => isOver(each, nowMs))
  const walletRefusal = refusalOf(wallet.error)
  const refusal = refusalOf(pay.error)
  const isCharged = refusal?.code === 'BALANCE_TOO_LOW' && balance !== undefined && missingMinor === 0
  return (
    <Panel className="p-6 md:sticky md:top-24">
      <HoldCountdown hold={hold} />
      <dl className="mt-5 grid gap-1.5 border-t border-rule/60 pt-5">
        <div className="flex items-baseline justify-between">
          <dt className="font-semibold">{m.total()}</dt>
          <dd className="text-3xl font-extrabold tracking-[-0.03em]">
            {tellMoney(totalMinor, hold.currency)}
          </dd>
        </div>
        <div className="flex items-baseline justify-between text-soft">
          <dt>{m.balance()}</dt>
          <dd>{balance ? tellMoney(balance.balanceMinor, balance.currency) : '–'}</dd>
        </div>
      </dl>
      {wallet.isError && (
        <Notice
          tone="bad"
          className="mt-5"
          action={
            <Button tone="outline" size="sm" busy={wallet.isFetching} onClick={() => void wallet.refetch()}>
              {m.try_again()}
            </Button>
          }
        >
          {m.balance_unknown()} {walletRefusal && tellRefusal(walletRefusal)}
        </Notice>
      )}
      {/* after the last of the seconds that were told, who listens hears what the end of the hold means */}
      <div aria-live="polite">
        {over !== undefined && (
          <Notice tone="lamp" className="mt-5">
            {m.expired_story()} <OtherSeatsLink reservation={over} />
          </Notice>
        )}
      </div>
      {pay.isError && !isCharged && (
        <Notice tone="bad" className="mt-5">
          {refusal === undefined ? m.pay_reply_lost() : tellPayRefusal(refusal)}
        </Notice>
      )}
      {missingMinor > 0 ? (
        <div className="mt-5 border-t border-rule/60 pt-5">
          <p className="mb-4 font-semibold">
            {m.missing({ amount: tellMoney(missingMinor, hold.currency) })}
          </p>
          <ChargeForm key={missingMinor} currency={hold.currency} missingMinor={missingMinor} />
        </div>
      ) : (
        <Button size="lg" className="mt-6 w-full" busy={pay.isPending} onClick={() => pay.mutate(ids)}>
          {pay.isError && refusal === undefined
            ? m.pay_again()
            : m.pay_button({ amount: tellMoney(totalMinor, hold.currency) })}
        </Button>
      )}
      <p className="mt-3 text-center text-sm text-faint">{m.pay_note()}</p>
    </Panel>
  )
}

/** One of several is over, and the others are still to be paid: the page has sorted it out, and the sum is another. */
function tellPayRefusal(refusal: WireError): string {
  const isSum = refusal.code === 'HOLD_EXPIRED' || refusal.code === 'HOLD_ENDED'
  return isSum ? m.pay_changed() : tellRefusal(refusal)
}
