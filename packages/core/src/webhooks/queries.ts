import type {
  WebhookDeliveries,
  WebhookDeliveryId,
  WebhookDeliveryState,
  WebhookEndpoint,
  WebhookEndpointId,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findDeliveries } from './delivery-log-store.ts'
import { findEndpoints, findEndpointsOn } from './endpoint-store.ts'

/** All endpoints that were not removed, with how much waits for them and how much is dead. */
export async function listWebhooks(deps: Deps): Promise<WebhookEndpoint[]> {
  return await findEndpoints(deps.db)
}

/** The endpoints that get anything now: those whose queues somebody must work on. */
export async function listWebhooksOn(deps: Deps): Promise<WebhookEndpointId[]> {
  return await findEndpointsOn(deps.db)
}

/** The newest deliveries first, a page of them; `nextBeforeId` is where the next page begins. */
export async function listWebhookDeliveries(
  deps: Deps,
  input: {
    endpointId?: WebhookEndpointId | undefined
    state?: WebhookDeliveryState | undefined
    beforeId?: WebhookDeliveryId | undefined
    limit: number
  },
): Promise<WebhookDeliveries> {
  const deliveries = await findDeliveries(deps.db, { ...input, limit: input.limit + 1 })
  const page = deliveries.slice(0, input.limit)
  return {
    deliveries: page,
    nextBeforeId: deliveries.length > page.length ? (page.at(-1)?.deliveryId ?? null) : null,
  }
}
