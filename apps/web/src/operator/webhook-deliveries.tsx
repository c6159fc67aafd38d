import type { WebhookDelivery, WebhookDeliveryState } from '@greenroom/contract'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { tellEventType } from './event-type.ts'
import { tellWhen } from './tell-when.ts'
import { useWebhookChange } from './use-webhook-change.ts'

const pageSize = 20
const maxShown = 200

const states = {
  PENDING: { name: m.delivery_pending, look: 'text-soft' },
  DELIVERED: { name: m.delivery_delivered, look: 'text-good' },
  DEAD: { name: m.delivery_dead, look: 'text-bad' },
} as const satisfies Record<WebhookDeliveryState, unknown>
const filters = [undefined, 'PENDING', 'DELIVERED', 'DEAD'] as const

/** What was sent where, newest first, and the dead letters to send again. */
export function WebhookDeliveries({ urlOf }: { urlOf: (endpointId: number) => string }) {
  const [state, setState] = useState<WebhookDeliveryState>()
  const [limit, setLimit] = useState(pageSize)
  const page = useQuery({
    ...api.webhooks.deliveries.queryOptions({ state, limit }),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  }).data
  return (
    <section className="mt-8 border-t border-rule/60 pt-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="text-base">{m.deliveries()}</h3>
        <fieldset aria-label={m.deliveries_filter()} className="flex min-w-0 rounded-control bg-raised p-1">
          {filters.map((each) => (
            <button
              key={each ?? 'all'}
              type="button"
              aria-pressed={each === state}
              onClick={() => {
                setState(each)
                setLimit(pageSize)
              }}
              className={classNames(
                'min-h-8 rounded-md px-2.5 text-sm font-medium whitespace-nowrap',
                each === state ? 'bg-surface text-ink shadow-sm' : 'text-soft hover:text-ink',
              )}
            >
              {each === undefined ? m.delivery_all() : states[each].name()}
            </button>
          ))}
        </fieldset>
      </div>
      {page?.deliveries.length === 0 && <p className="mt-3 text-soft">{m.deliveries_empty()}</p>}
      <ul className="mt-3 divide-y divide-rule/60">
        {page?.deliveries.map((delivery) => (
          <DeliveryRow key={delivery.deliveryId} delivery={delivery} url={urlOf(delivery.endpointId)} />
        ))}
      </ul>
      {typeof page?.nextBeforeId === 'number' && limit < maxShown && (
        <Button tone="quiet" size="sm" className="mt-3" onClick={() => setLimit(limit + pageSize)}>
          {m.show_more()}
        </Button>
      )}
    </section>
  )
}

function DeliveryRow({ delivery, url }: { delivery: WebhookDelivery; url: string }) {
  const [isAsking, setAsking] = useState(false)
  const replay = useMutation(api.webhooks.replay.mutationOptions(useWebhookChange(() => setAsking(false))))
  const { deliveryId, eventId, state } = delivery
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
      <div className="min-w-0">
        <div className="text-[0.9375rem]">
          <span className={classNames('font-semibold', states[state].look)}>{states[state].name()}</span>{' '}
          {tellEventType(delivery.type)} · #{eventId} · <span className="break-all">{url}</span>
        </div>
        <div className="text-sm text-faint">{tellAttempts(delivery)}</div>
      </div>
      {state !== 'PENDING' && (
        <Button
          tone="outline"
          size="sm"
          aria-label={m.delivery_replay_named({ event: eventId })}
          onClick={() => {
            replay.reset()
            setAsking(true)
          }}
        >
          {m.delivery_replay()}
        </Button>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.delivery_replay_title({ event: eventId })}
        description={m.delivery_replay_text({ url })}
        confirm={m.delivery_replay()}
        tone="lamp"
        busy={replay.isPending}
        failure={tellFailure(replay.error)}
        onConfirm={() => replay.mutate({ deliveryId })}
      />
    </li>
  )
}

function tellAttempts(delivery: WebhookDelivery): string {
  const { attempts, createdAtMs, lastError, lastStatus, nextAttemptAtMs } = delivery
  const parts = [tellWhen(createdAtMs), m.delivery_attempts({ count: tellCount(attempts) })]
  if (lastStatus !== null) parts.push(m.delivery_answered({ status: lastStatus }))
  else if (lastError !== null) parts.push(m.delivery_unanswered({ why: lastError }))
  if (nextAttemptAtMs !== null) parts.push(m.delivery_next({ when: tellWhen(nextAttemptAtMs) }))
  return parts.join(' · ')
}
