import {
  type AccountId,
  DomainError,
  type WebhookDelivery,
  type WebhookDeliveryId,
  type WebhookEndpointId,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { changeEndpoint } from './change-endpoint.ts'
import { findDelivery, resetDead, resetDelivery } from './delivery-log-store.ts'
import { lockEndpoint } from './endpoint-store.ts'
import { handOutSoon } from './hand-out-deliveries.ts'

/** Dead letters a call: one statement, which must not take long. */
const replayLimit = 10_000

/**
 * Sends a delivery again that is dead or done, with the same `webhook-id` and as many attempts as the first time. One that is
 * still pending stays as it is, so a repeat is safe. Audited in the same transaction. Refuses with NOT_FOUND: there is no
 * such delivery, or its endpoint was removed.
 */
export async function replayWebhook(
  deps: Deps,
  { operatorId, deliveryId }: { operatorId: AccountId; deliveryId: WebhookDeliveryId },
): Promise<WebhookDelivery> {
  const replayed = await inTransaction(deps.db, async (tx) => {
    const { endpointId } = await requireDelivery(tx, deliveryId)
    // locked, and looked at afterwards: what a removal or another replay does at the same time is done before or after this
    if ((await lockEndpoint(tx, endpointId)) === undefined)
      throw new DomainError('NOT_FOUND', { what: 'webhookEndpoint' })
    const before = await requireDelivery(tx, deliveryId)
    if (await resetDelivery(tx, deliveryId)) {
      const target = `webhook delivery ${deliveryId}`
      const after = await requireDelivery(tx, deliveryId)
      await recordAudit(deps, { actorId: operatorId, action: 'webhook.replay', target, before, after }, tx)
    }
    return await requireDelivery(tx, deliveryId)
  })
  await handOutSoon(deps, [replayed.endpointId])
  return replayed
}

/** `replayWebhook` for an endpoint's dead letters, the oldest 10,000 of them; returns how many there were. */
export async function replayDeadWebhooks(
  deps: Deps,
  input: { operatorId: AccountId; endpointId: WebhookEndpointId },
): Promise<{ count: number }> {
  const count = await changeEndpoint(deps, { ...input, action: 'webhook.replayDead' }, (tx) =>
    resetDead(tx, input.endpointId, replayLimit),
  )
  await handOutSoon(deps, [input.endpointId])
  return { count }
}

async function requireDelivery(tx: Tx, deliveryId: WebhookDeliveryId): Promise<WebhookDelivery> {
  const delivery = await findDelivery(tx, deliveryId)
  if (delivery === undefined) throw new DomainError('NOT_FOUND', { what: 'webhookDelivery' })
  return delivery
}
