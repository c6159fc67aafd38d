import { type AccountId, DomainError, type WebhookEndpointId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockEndpoint } from './endpoint-store.ts'

/** Does `work` with the endpoint's row locked, and writes who did it, in one transaction. Refuses with NOT_FOUND. */
export async function changeEndpoint<T>(
  deps: Deps,
  change: { operatorId: AccountId; endpointId: WebhookEndpointId; action: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { action, endpointId, operatorId } = change
  return await inTransaction(deps.db, async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId)
    if (endpoint === undefined) throw new DomainError('NOT_FOUND', { what: 'webhookEndpoint' })
    const result = await work(tx)
    // null: it was removed
    const after = (await lockEndpoint(tx, endpointId)) ?? null
    const target = `webhook endpoint ${endpointId}`
    await recordAudit(deps, { actorId: operatorId, action, target, before: endpoint, after }, tx)
    return result
  })
}
