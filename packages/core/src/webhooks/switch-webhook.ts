import type { AccountId, WebhookEndpointId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { deliverWebhookJob, dropQueue } from '../platform/jobs.ts'
import { changeEndpoint } from './change-endpoint.ts'
import { buryPending } from './delivery-store.ts'
import { removeRow, switchOff, switchOn } from './endpoint-store.ts'
import { handOutSoon } from './hand-out-deliveries.ts'
import { relayEvents } from './relay-events.ts'

type Input = { operatorId: AccountId; endpointId: WebhookEndpointId }

/**
 * Off: nothing is sent, what is pending waits, what happens meanwhile is not kept for it. On: what waited is sent. Audited
 * in the same transaction. Safe to repeat. Refuses with NOT_FOUND.
 */
export async function switchWebhook(
  deps: Deps,
  { isOn, ...input }: Input & { isOn: boolean },
): Promise<void> {
  // what happened before is dealt with as things were then, also when the relay is behind or away
  await relayEvents(deps)
  await changeEndpoint(deps, { ...input, action: isOn ? 'webhook.switchOn' : 'webhook.switchOff' }, (tx) =>
    isOn ? switchOn(tx, input.endpointId) : switchOff(tx, input.endpointId, 'operator'),
  )
  if (isOn) await handOutSoon(deps, [input.endpointId])
}

/**
 * Ends an endpoint for ever; its pending deliveries are dead, those beyond 10,000 within seconds. Audited in the same
 * transaction. Refuses with NOT_FOUND, also when repeated.
 */
export async function removeWebhook(deps: Deps, input: Input): Promise<void> {
  await changeEndpoint(deps, { ...input, action: 'webhook.remove' }, async (tx) => {
    await removeRow(tx, input.endpointId)
    await buryPending(tx)
  })
  await hint(deps, 'the jobs of a removed webhook endpoint stay in Redis', () =>
    dropQueue(deps.redis, deliverWebhookJob(input.endpointId).queue),
  )
}
