import type { AccountId, WebhookEndpointId, WebhookSecret } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { changeEndpoint } from './change-endpoint.ts'
import { countSecretUp } from './endpoint-store.ts'
import { endpointSecret } from './sign-message.ts'

/**
 * Makes a new secret and shows it. For 24 hours messages carry two signatures, by the new and by the one before, so the
 * receiver can change over at leisure; rotating again at once ends the first one. Audited in the same transaction. Refuses
 * with NOT_FOUND. Every call makes another secret.
 */
export async function rotateWebhookSecret(
  deps: Deps,
  input: { operatorId: AccountId; endpointId: WebhookEndpointId },
): Promise<WebhookSecret> {
  const version = await changeEndpoint(deps, { ...input, action: 'webhook.rotateSecret' }, (tx) =>
    countSecretUp(tx, input.endpointId),
  )
  return { endpointId: input.endpointId, secret: endpointSecret(deps, input.endpointId, version) }
}
