import type { WebhookDeliveryId, WebhookEndpointId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { deliverWebhookJob, enqueueAll } from '../platform/jobs.ts'
import { buryPending, findDueDeliveries } from './delivery-store.ts'

/** Of each endpoint, a second: a backlog comes back at this pace, and no endpoint's keeps another's from being looked at. */
const limitPerEndpoint = 200

/** A job is there within milliseconds of its time. One that is not after this long is taken for lost. */
const overdueMs = 5_000

/**
 * Adds a job for each delivery that should have been tried by now: Redis was emptied, a worker died, an operator replays
 * or switched the endpoint on again. Returns how many are due. A delivery whose job still waits or runs gets no second one.
 */
export async function handOutDeliveries(deps: Deps, options: { atOnce?: boolean } = {}): Promise<number> {
  await buryPending(deps.db.pool)
  const due = await findDueDeliveries(deps.db, {
    overdueMs: options.atOnce === true ? 0 : overdueMs,
    limitPerEndpoint,
  })
  await enqueueDeliveries(deps, due)
  return due.length
}

/** One job each. Rejects when Redis is away. */
export async function enqueueDeliveries(
  deps: Deps,
  deliveries: readonly {
    deliveryId: WebhookDeliveryId
    endpointId: WebhookEndpointId
    overdueTenMinutes?: number
  }[],
): Promise<void> {
  for (const [endpointId, rows] of Map.groupBy(deliveries, (row) => row.endpointId)) {
    await enqueueAll(
      deps,
      deliverWebhookJob(endpointId),
      rows.map(({ deliveryId, overdueTenMinutes = 0 }) => ({
        data: { deliveryId },
        // should Redis keep a job's name that it no longer hands to anybody, the next ten minutes have another name
        aloneAs: `delivery-${deliveryId}-${overdueTenMinutes}`,
      })),
    )
  }
}

/** Jobs for what just became due. Without Redis the sweep adds them when it is back. */
export async function handOutSoon(deps: Deps): Promise<void> {
  await hint(deps, 'webhooks wait for the sweep', async () => {
    await handOutDeliveries(deps, { atOnce: true })
  })
}
