import type { WebhookEndpoint, WebhookSecret } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
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

const states = { on: m.webhook_on, off: m.webhook_off, gone: m.webhook_gone }

/** One address: what goes there, what waits or is dead, and what an operator may do with it. */
export function WebhookRow(props: { endpoint: WebhookEndpoint; onSecret: (made: WebhookSecret) => void }) {
  const { endpointId, url, ...endpoint } = props.endpoint
  const [asked, setAsked] = useState<'rotate' | 'remove'>()
  const change = useWebhookChange()
  const close = () => {
    setAsked(undefined)
    change.onSuccess()
  }
  const test = useMutation(api.webhooks.sendTest.mutationOptions(change))
  const turn = useMutation(api.webhooks.switch.mutationOptions(change))
  const replay = useMutation(api.webhooks.replayDead.mutationOptions(change))
  const remove = useMutation(api.webhooks.remove.mutationOptions({ ...change, onSuccess: close }))
  const rotate = useMutation(
    api.webhooks.rotateSecret.mutationOptions({
      ...change,
      onSuccess: (made) => {
        close()
        props.onSecret(made)
      },
    }),
  )
  const isOn = endpoint.state === 'on'
  return (
    <li className="py-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <div className="min-w-0 font-semibold break-all">{url}</div>
        <span className={classNames('text-sm font-semibold', isOn ? 'text-good' : 'text-bad')}>
          {states[endpoint.state]()}
        </span>
      </div>
      {endpoint.description !== '' && (
        <div className="text-[0.9375rem] break-words">{endpoint.description}</div>
      )}
      <div className="text-[0.9375rem] text-soft">
        {endpoint.eventTypes.map(tellEventType).join(', ')} ·{' '}
        {m.webhook_counts({ pending: tellCount(endpoint.pendingCount), dead: tellCount(endpoint.deadCount) })}
      </div>
      {endpoint.oldSecretUntilMs !== null && (
        <div className="text-sm text-faint">
          {m.webhook_old_secret({ when: tellWhen(endpoint.oldSecretUntilMs) })}
        </div>
      )}
      <fieldset aria-label={m.webhook_actions_of({ url })} className="mt-2.5 flex min-w-0 flex-wrap gap-2">
        <Button tone="outline" size="sm" busy={test.isPending} onClick={() => test.mutate({ endpointId })}>
          {m.webhook_test()}
        </Button>
        {endpoint.deadCount > 0 && (
          <Button
            tone="outline"
            size="sm"
            busy={replay.isPending}
            onClick={() => replay.mutate({ endpointId })}
          >
            {m.webhook_replay_dead({ count: tellCount(endpoint.deadCount) })}
          </Button>
        )}
        <Button tone="outline" size="sm" onClick={() => setAsked('rotate')}>
          {m.webhook_rotate()}
        </Button>
        <Button
          tone="outline"
          size="sm"
          busy={turn.isPending}
          onClick={() => turn.mutate({ endpointId, isOn: !isOn })}
        >
          {isOn ? m.webhook_switch_off() : m.webhook_switch_on()}
        </Button>
        <Button tone="outline" size="sm" onClick={() => setAsked('remove')}>
          {m.webhook_remove()}
        </Button>
      </fieldset>
      <ConfirmDialog
        open={asked === 'rotate'}
        onOpenChange={(open) => setAsked(open ? 'rotate' : undefined)}
        title={m.webhook_rotate_title()}
        description={m.webhook_rotate_text()}
        confirm={m.webhook_rotate()}
        tone="lamp"
        busy={rotate.isPending}
        failure={tellFailure(rotate.error)}
        onConfirm={() => rotate.mutate({ endpointId })}
      />
      <ConfirmDialog
        open={asked === 'remove'}
        onOpenChange={(open) => setAsked(open ? 'remove' : undefined)}
        title={m.webhook_remove_title()}
        description={m.webhook_remove_text()}
        confirm={m.webhook_remove()}
        busy={remove.isPending}
        failure={tellFailure(remove.error)}
        onConfirm={() => remove.mutate({ endpointId })}
      />
    </li>
  )
}
