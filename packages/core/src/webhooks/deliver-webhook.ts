import type { WebhookDeliveryId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { FailedTry } from '../platform/jobs.ts'
import { type Claim, claimDelivery, noteDelivered, noteFailed } from './delivery-store.ts'
import { switchOff } from './endpoint-store.ts'
import { postMessage } from './post-message.ts'
import { endpointSecrets, signMessage } from './sign-message.ts'

/** What an endpoint answers that does not want to hear from us again. */
const gone = 410

/**
 * Makes one attempt at a delivery that is due; nothing happens when it is done, not due, under way elsewhere or its endpoint
 * is off. Throws FailedTry when the attempt failed: with the time until the next, or `null` after the last. A process
 * that dies between the answer and the note has it sent once more, with the same `webhook-id`: receivers know it by that.
 */
export async function deliverWebhook(
  deps: Deps,
  { deliveryId }: { deliveryId: WebhookDeliveryId },
): Promise<void> {
  const claim = await claimDelivery(deps.db, deliveryId)
  if (claim === undefined) return
  const { status, error } = await postMessage(claim.url, messageOf(deps, claim), deps.settings.webhooks)
  if (status !== null && error === null) {
    await noteDelivered(deps.db, deliveryId, status)
    return
  }
  const isGone = status === gone
  if (isGone) await switchOff(deps.db.pool, claim.endpointId, 'gone')
  const noted = await noteFailed(deps.db, { ...claim, isGone }, { status, error })
  if (noted === undefined) return
  throw new FailedTry(error ?? 'failed', noted.state === 'DEAD' ? null : noted.retryAfterMs)
}

function messageOf(deps: Deps, claim: Claim): { headers: Record<string, string>; body: string } {
  const { endpointId, event, isRotating, nowMs, secretVersion } = claim
  const body = JSON.stringify(event)
  const versions = isRotating && secretVersion > 1 ? [secretVersion, secretVersion - 1] : [secretVersion]
  const secrets = versions.flatMap((version) => endpointSecrets(deps, endpointId, version))
  return { body, headers: signMessage({ id: `evt_${event.eventId}_${endpointId}`, body, nowMs, secrets }) }
}
