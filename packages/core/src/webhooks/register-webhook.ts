import {
  type AccountId,
  DomainError,
  type FaultReason,
  maxUrlLength,
  maxWebhookEndpoints,
  type RegisterWebhookInput,
  type WebhookSecret,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { countEndpoints, insertEndpoint, lockEndpoints } from './endpoint-store.ts'
import { endpointSecret } from './sign-message.ts'

/**
 * Adds an endpoint, switched on: it gets what happens from now on. The answer is the first of two places that show its
 * secret (`rotateWebhookSecret` is the other). Audited in the same transaction. Every call adds another one. Refuses with
 * BAD_INPUT: an address that may not be used, or more than 20 endpoints.
 */
export async function registerWebhook(
  deps: Deps,
  { operatorId, ...input }: RegisterWebhookInput & { operatorId: AccountId },
): Promise<WebhookSecret> {
  const endpoint = { ...input, url: requireUsable(input.url, deps.settings.webhooks) }
  const endpointId = await inTransaction(deps.db, async (tx) => {
    await lockEndpoints(tx)
    if ((await countEndpoints(tx)) >= maxWebhookEndpoints)
      throw faulty('tooMany', `there are ${maxWebhookEndpoints} endpoints, which is all there may be`)
    const id = await insertEndpoint(tx, endpoint)
    const target = `webhook endpoint ${id}`
    await recordAudit(deps, { actorId: operatorId, action: 'webhook.register', target, after: endpoint }, tx)
    return id
  })
  return { endpointId, secret: endpointSecret(deps, endpointId, 1) }
}

/**
 * The address as it is called, with everything in it that must be encoded. Whether its name leads to a private address is
 * looked at when the connection is made: names can change their mind.
 */
function requireUsable(text: string, { allowPrivate }: { allowPrivate: boolean }): string {
  const url = new URL(text)
  if (url.protocol !== 'https:' && !allowPrivate)
    throw faulty('notHttps', 'the address must begin with https://')
  if (url.username !== '' || url.password !== '')
    throw faulty('hasPassword', 'a user name or password does not belong in it')
  if (url.hash !== '') throw faulty('hasFragment', 'nothing may follow a #: it is not sent')
  if (url.href.length > maxUrlLength)
    throw faulty('tooLong', `encoded it is longer than ${maxUrlLength} characters`)
  return url.href
}

const faulty = (reason: FaultReason, message: string): DomainError =>
  new DomainError('BAD_INPUT', { faults: [{ path: 'url', message, reason }] })
