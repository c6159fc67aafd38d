import type { AccountId, WebhookDelivery, WebhookEndpointId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { changeEndpoint } from './change-endpoint.ts'
import { findDelivery, insertTest } from './delivery-log-store.ts'
import { handOutSoon } from './hand-out-deliveries.ts'

/**
 * Sends an event of type `webhook.test` to one endpoint, whatever it asked for, signed and tried like any other. Every call
 * sends another one. Audited in the same transaction. Refuses with NOT_FOUND.
 */
export async function sendTestWebhook(
  deps: Deps,
  input: { operatorId: AccountId; endpointId: WebhookEndpointId },
): Promise<WebhookDelivery> {
  const delivery = await changeEndpoint(deps, { ...input, action: 'webhook.test' }, async (tx) =>
    findDelivery(tx, await insertTest(tx, input.endpointId)),
  )
  if (delivery === undefined) throw new Error('a delivery that was just made is not there')
  await handOutSoon(deps, [input.endpointId])
  return delivery
}
