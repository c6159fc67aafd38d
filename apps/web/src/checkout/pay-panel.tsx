import type { ReservationListing } from '@greenroom/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
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

/**
 * Pays all reservations or none. The time left is the earliest hold's; after it the server may still give the same
 * seats if nobody took them, so the button stays and says so.
 */
export function PayPanel({ reservations }: { reservations: readonly ReservationListing[] }) {
  const queries = useQueryClient()
  const nowMs = useServerNow()
  const [first] = reservations.toSorted((a, b) => a.heldUntilMs - b.heldUntilMs)
  const balance = useQuery(api.wallet.balance.queryOptions()).data
  const ids = reservations.map((each) => each.reservationId)
  const pay = useAttempt({
    name: (reservationIds: typeof ids) => `pay ${reservationIds.join(',')}`,
    run: (reservationIds, idempotencyKey) =>
      greenroom.api.payments.pay.mutate({ reservationIds, idempotencyKey }),
    onSuccess: () => void queries.invalidateQueries(),
    onError: () => void queries.invalidateQueries(api.reservations.pathFilter()),
  })
  if (first === undefined) return null
  const totalMinor = reservations.reduce((sum, each) => sum + each.amountMinor, 0)
  const missingMinor = balance === undefined ? 0 : Math.max(0, totalMinor - balance.balanceMinor)
  const isOver = first.heldUntilMs <= nowMs || first.state === 'EXPIRED'
  const refusal = refusalOf(pay.error)
  return (
    <Panel className="p-6 md:sticky md:top-24">
      <HoldCountdown hold={first} />
      <dl className="mt-5 grid gap-1.5 border-t border-rule/60 pt-5">
        <div className="flex items-baseline justify-between">
          <dt className="font-semibold">{m.total()}</dt>
          <dd className="text-3xl font-extrabold tracking-[-0.03em]">
            {tellMoney(totalMinor, first.currency)}
          </dd>
        </div>
        <div className="flex items-baseline justify-between text-soft">
          <dt>{m.balance()}</dt>
          <dd>{balance ? tellMoney(balance.balanceMinor, balance.currency) : '–'}</dd>
        </div>
      </dl>
      {isOver && (
        <Notice tone="lamp" className="mt-5">
          {m.expired_story()}{' '}
          <Link
            to="/concerts/$concertId/shows/$showId"
            params={{ concertId: first.concertId, showId: first.showId }}
            className="font-semibold underline underline-offset-4"
          >
            {m.choose_other_seats()}
          </Link>
        </Notice>
      )}
      {pay.isError && (
        <Notice tone="bad" className="mt-5">
          {refusal === undefined ? m.pay_reply_lost() : tellRefusal(refusal)}
        </Notice>
      )}
      {missingMinor > 0 ? (
        <div className="mt-5 border-t border-rule/60 pt-5">
          <p className="mb-4 font-semibold">
            {m.missing({ amount: tellMoney(missingMinor, first.currency) })}
          </p>
          <ChargeForm key={missingMinor} currency={first.currency} missingMinor={missingMinor} />
        </div>
      ) : (
        <Button
          size="lg"
          className="mt-6 w-full"
          busy={pay.isPending}
          disabled={balance === undefined}
          onClick={() => pay.mutate(ids)}
        >
          {pay.isError && refusal === undefined
            ? m.pay_again()
            : m.pay_button({ amount: tellMoney(totalMinor, first.currency) })}
        </Button>
      )}
      <p className="mt-3 text-center text-sm text-faint">{m.pay_note()}</p>
    </Panel>
  )
}
