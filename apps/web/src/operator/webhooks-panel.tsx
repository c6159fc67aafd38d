import type { WebhookSecret } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { RegisterWebhook } from './register-webhook.tsx'
import { SecretOnce } from './secret-once.tsx'
import { WebhookDeliveries } from './webhook-deliveries.tsx'
import { WebhookRow } from './webhook-row.tsx'

/** Who hears of what was sold: addresses, their secrets, what was sent to them, and what never arrived. */
export function WebhooksPanel() {
  const endpoints = useQuery({ ...api.webhooks.list.queryOptions(), refetchInterval: 5_000 }).data
  const [unkept, setUnkept] = useState<WebhookSecret[]>([])
  const show = (made: WebhookSecret): void => setUnkept((all) => [...all, made])
  const urlOf = (id: number): string => endpoints?.find((each) => each.endpointId === id)?.url ?? `#${id}`
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.webhooks()}</h2>
      <p className="mt-1 text-soft">{m.webhooks_text()}</p>
      {unkept.map((made) => (
        <SecretOnce
          key={made.secret}
          title={m.webhook_secret_title({ url: urlOf(made.endpointId) })}
          text={m.webhook_secret_text()}
          label={m.webhook_secret()}
          secret={made.secret}
          onKept={() => setUnkept((all) => all.filter((each) => each !== made))}
        />
      ))}
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <div className="min-w-0">
          {endpoints?.length === 0 && <p className="text-soft">{m.webhooks_empty()}</p>}
          <ul className="divide-y divide-rule/60">
            {endpoints?.map((endpoint) => (
              <WebhookRow key={endpoint.endpointId} endpoint={endpoint} onSecret={show} />
            ))}
          </ul>
        </div>
        <RegisterWebhook onMade={show} />
      </div>
      <WebhookDeliveries urlOf={urlOf} />
    </Panel>
  )
}
