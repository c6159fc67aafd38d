import { createHmac } from 'node:crypto'
import type { WebhookEndpointId } from '@greenroom/contract'
import { Webhook } from 'standardwebhooks'
import type { Deps } from '../platform/deps.ts'
import { keysFor } from '../platform/signed-token.ts'

/** The endpoint's signing secret of that version, in the form of Standard Webhooks. Derived and never stored: a copy of the database signs nothing. */
export function endpointSecret(
  deps: Pick<Deps, 'keys'>,
  endpointId: WebhookEndpointId,
  version: number,
): string {
  return secretBy(deps.keys.webhook, endpointId, version)
}

/** And what it was by the secrets of this installation before: receivers go on with the one they were shown. */
export function endpointSecrets(
  deps: Pick<Deps, 'keys'>,
  endpointId: WebhookEndpointId,
  version: number,
): string[] {
  return keysFor(deps.keys, 'webhook').map((key) => secretBy(key, endpointId, version))
}

function secretBy(key: Buffer, endpointId: WebhookEndpointId, version: number): string {
  const bytes = createHmac('sha256', key).update(`${endpointId}:${version}`).digest()
  return `whsec_${bytes.toString('base64')}`
}

/** The headers of Standard Webhooks over exactly this body: one signature for each secret, any of which will do. */
export function signMessage(message: {
  id: string
  body: string
  nowMs: number
  secrets: readonly string[]
}): Record<string, string> {
  const { id, body, nowMs, secrets } = message
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, new Date(nowMs), body))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(nowMs / 1_000)),
    'webhook-signature': signatures.join(' '),
  }
}
