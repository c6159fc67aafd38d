import type { WebhookEndpoint, WebhookSecret } from '@greenroom/contract'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { tellEventType } from './event-type.ts'
import { tellWhen } from './tell-when.ts'
import { WebhookActions } from './webhook-actions.tsx'

const states = { on: m.webhook_on, off: m.webhook_off, gone: m.webhook_gone }

/** One address: what goes there, what waits or is dead, and what an operator may do with it. */
export function WebhookRow(props: { endpoint: WebhookEndpoint; onSecret: (made: WebhookSecret) => void }) {
  const { url, ...endpoint } = props.endpoint
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
      <WebhookActions endpoint={props.endpoint} onSecret={props.onSecret} />
    </li>
  )
}
