import type { WebhookEndpoint, WebhookSecret } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { useWebhookChange } from './use-webhook-change.ts'

/** What may be done with an address, each with the question before it. */
const questions = {
  test: { title: m.webhook_test_title, text: m.webhook_test_text, tone: 'lamp' },
  replay: { title: m.webhook_replay_title, text: m.webhook_replay_text, tone: 'lamp' },
  rotate: { title: m.webhook_rotate_title, text: m.webhook_rotate_text, tone: 'lamp' },
  off: { title: m.webhook_off_title, text: m.webhook_off_text, tone: 'bad' },
  on: { title: m.webhook_on_title, text: m.webhook_on_text, tone: 'lamp' },
  remove: { title: m.webhook_remove_title, text: m.webhook_remove_text, tone: 'bad' },
} as const
type Action = keyof typeof questions

/** The buttons of one address. */
export function WebhookActions(props: {
  endpoint: WebhookEndpoint
  onSecret: (made: WebhookSecret) => void
}) {
  const { endpointId, url, state, deadCount } = props.endpoint
  const [asked, setAsked] = useState<Action>()
  const change = useWebhookChange(() => setAsked(undefined))
  const test = useMutation(api.webhooks.sendTest.mutationOptions(change))
  const turn = useMutation(api.webhooks.switch.mutationOptions(change))
  const replay = useMutation(api.webhooks.replayDead.mutationOptions(change))
  const remove = useMutation(api.webhooks.remove.mutationOptions(change))
  const rotate = useMutation(
    api.webhooks.rotateSecret.mutationOptions({
      ...change,
      onSuccess: (made) => {
        change.onSuccess()
        props.onSecret(made)
      },
    }),
  )
  const running = { test, replay, rotate, off: turn, on: turn, remove }
  const names: Record<Action, string> = {
    test: m.webhook_test(),
    replay: m.webhook_replay_dead({ count: tellCount(deadCount) }),
    rotate: m.webhook_rotate(),
    off: m.webhook_switch_off(),
    on: m.webhook_switch_on(),
    remove: m.webhook_remove(),
  }
  const shown: Action[] = [
    'test',
    ...(deadCount > 0 ? (['replay'] as const) : []),
    'rotate',
    state === 'on' ? 'off' : 'on',
    'remove',
  ]
  return (
    <>
      <fieldset aria-label={m.webhook_actions_of({ url })} className="mt-2.5 flex min-w-0 flex-wrap gap-2">
        {shown.map((action) => (
          <Button
            key={action}
            tone="outline"
            size="sm"
            onClick={() => {
              running[action].reset()
              setAsked(action)
            }}
          >
            {names[action]}
          </Button>
        ))}
      </fieldset>
      {asked !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(undefined)}
          title={questions[asked].title()}
          description={
            <>
              <span className="block break-all">{url}</span>
              {questions[asked].text()}
            </>
          }
          confirm={names[asked]}
          tone={questions[asked].tone}
          busy={running[asked].isPending}
          failure={tellFailure(running[asked].error)}
          onConfirm={() => {
            if (asked === 'test') test.mutate({ endpointId })
            if (asked === 'replay') replay.mutate({ endpointId })
            if (asked === 'rotate') rotate.mutate({ endpointId })
            if (asked === 'off' || asked === 'on') turn.mutate({ endpointId, isOn: asked === 'on' })
            if (asked === 'remove') remove.mutate({ endpointId })
          }}
        />
      )}
    </>
  )
}
