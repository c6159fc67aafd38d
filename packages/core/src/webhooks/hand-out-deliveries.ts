import type { WebhookDeliveryId, WebhookEndpointId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { countWaitingJobs, deliverWebhookJob, enqueueAll } from '../platform/jobs.ts'
import { buryPending, findDueDeliveries } from './delivery-store.ts'
import { findEndpointsOn } from './endpoint-store.ts'

/**
 * Jobs are added for an endpoint while fewer than this wait, and so many at once: never 1,000 of them lie in Redis, where
 * each takes 800 B, whatever is pending. The rest waits in its rows, 8 workers are busy with 500 for a while, and the
 * next look is a second away at most.
 */
export const jobsAtOnce = 500

/**
 * Adds jobs for deliveries that are due, the longest overdue of each endpoint first: new ones, those whose next attempt has
 * come, and those whose job was lost because Redis was emptied or a worker died. Returns for how many. A delivery whose job
 * still waits or runs gets no second one, an endpoint with enough jobs that wait gets none. Safe to repeat; of two at once
 * each may add its 500.
 */
export async function handOutDeliveries(deps: Deps): Promise<number> {
  await buryPending(deps.db.pool)
  return await handOutTo(deps, await findEndpointsOn(deps.db))
}

/** `handOutDeliveries` for what just became due at these endpoints. Without Redis the sweep does it when it is back. */
export async function handOutSoon(deps: Deps, endpointIds: readonly WebhookEndpointId[]): Promise<void> {
  await hint(deps, 'webhooks wait for the sweep', async () => {
    await handOutTo(deps, endpointIds)
  })
}

async function handOutTo(deps: Deps, endpointIds: readonly WebhookEndpointId[]): Promise<number> {
  const waiting = await Promise.all(
    endpointIds.map((endpointId) => countWaitingJobs(deps, deliverWebhookJob(endpointId).queue)),
  )
  const short = endpointIds.filter((_, at) => (waiting[at] ?? 0) < jobsAtOnce)
  const due = await findDueDeliveries(deps.db, { endpointIds: short, limitPerEndpoint: jobsAtOnce })
  await enqueueDeliveries(deps, due)
  return due.length
}

/** One job each, whatever waits already. Rejects when Redis is away. */
export async function enqueueDeliveries(
  deps: Deps,
  deliveries: readonly {
    deliveryId: WebhookDeliveryId
    endpointId: WebhookEndpointId
    overdueTenMinutes: number
  }[],
): Promise<void> {
  for (const [endpointId, rows] of Map.groupBy(deliveries, (row) => row.endpointId)) {
    await enqueueAll(
      deps,
      deliverWebhookJob(endpointId),
      rows.map(({ deliveryId, overdueTenMinutes }) => ({
        data: { deliveryId },
        // should Redis keep a job's name that it no longer hands to anybody, the next ten minutes have another name
        aloneAs: `delivery-${deliveryId}-${overdueTenMinutes}`,
      })),
    )
  }
}
