import type { Cancellation, ShowSummary } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { LampBar } from '../../design/lamp-bar.tsx'
import { Notice } from '../../design/notice.tsx'
import { m } from '../../paraglide/messages.js'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale } from '../../text/locale.ts'
import { tellCount, tellMoney } from '../../text/money.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { tellWhen } from '../tell-when.ts'

/** A cancelled show: why and by whom, how much is back, what could not be given back and why. */
export function CancellationProgress(props: {
  show: ShowSummary
  cancellation: Cancellation
  timeZone: string
}) {
  const { show, cancellation, timeZone } = props
  const { total, refunded, refundedMinor, currency, failures, finishedAtMs } = cancellation
  const when = formatInstant(show.startsAtMs, { locale: currentLocale(), timeZone })
  const isFinished = finishedAtMs !== null
  const share = isFinished || total === 0 ? 1 : refunded / total
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold line-through decoration-2">{when}</span>
        <span className="rounded-full border border-bad/60 px-3 py-0.5 text-sm font-semibold text-bad">
          {m.show_cancelled_chip()}
        </span>
      </div>
      <p className="mt-1 text-sm break-words text-soft">
        {m.cancelled_by({
          email: cancellation.cancelledByEmail,
          when: tellWhen(cancellation.cancelledAtMs),
          reason: cancellation.reason,
        })}
      </p>
      <progress aria-label={m.cancel_progress_label({ when })} className="sr-only" max={1} value={share} />
      <LampBar share={share} lamps={20} tone={isFinished ? 'good' : 'lamp'} className="mt-3" />
      <p className="mt-2 text-[0.9375rem]">
        <output className="font-semibold">{isFinished ? m.cancel_finished() : m.cancel_going_on()}</output>{' '}
        {total > 0 && (
          <span className="text-soft">
            {m.cancel_progress({
              refunded: tellCount(refunded),
              total: tellCount(total),
              amount: tellMoney(refundedMinor, currency),
            })}
          </span>
        )}
      </p>
      {failures.length > 0 && <Failures cancellation={cancellation} />}
    </div>
  )
}

function Failures({ cancellation: { showId, failures } }: { cancellation: Cancellation }) {
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const retry = useMutation(
    api.boxOffice.retryCancellation.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: () => queries.invalidateQueries(api.boxOffice.pathFilter()),
    }),
  )
  const ask = (): void => {
    retry.reset()
    setAsking(true)
  }
  return (
    <Notice
      tone="bad"
      className="mt-3"
      action={
        <Button size="sm" tone="outline" onClick={ask}>
          {m.cancel_retry()}
        </Button>
      }
    >
      <p className="font-semibold">{m.cancel_failed({ count: failures.length })}</p>
      <ul className="mt-1 text-sm text-soft">
        {failures.slice(0, 10).map(({ reservationId, attempts, reason }) => (
          <li key={reservationId} className="break-words">
            {m.cancel_failure({ number: reservationId, attempts, reason })}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.cancel_retry_title()}
        description={m.cancel_retry_text({ count: tellCount(failures.length) })}
        confirm={m.cancel_retry()}
        tone="lamp"
        busy={retry.isPending}
        failure={tellFailure(retry.error)}
        onConfirm={() => retry.mutate({ showId })}
      />
    </Notice>
  )
}
