import type { WebhookEndpointId } from '@greenroom/contract'
import {
  admit,
  checkEverything,
  checkInvariants,
  continueCancellation,
  copyLineHistories,
  deliverWebhook,
  deliverWebhookJob,
  type Deps,
  expireDueHolds,
  expireReservations,
  feedDataPlatform,
  handleJob,
  handOutDeliveries,
  type JobHandler,
  jobs,
  prune,
  relayEvents,
  relayOutbox,
  sampleSales,
  sweepCancellations,
} from '@greenroom/core'

/** What each job of the catalogue does: one call into the core. */
export function jobHandlers(deps: Deps): JobHandler[] {
  return [
    handleJob(jobs.admissionTick, (data) => admit(deps, data)),
    handleJob(jobs.expireHolds, (data) => expireReservations(deps, data.reservationIds)),
    handleJob(jobs.expireDueHolds, () => expireDueHolds(deps)),
    handleJob(jobs.checkInvariants, () => checkInvariants(deps, { cost: 'cheap' })),
    handleJob(jobs.checkEverything, () => checkEverything(deps)),
    handleJob(jobs.prune, () => prune(deps)),
    handleJob(jobs.sampleSales, () => sampleSales(deps)),
    handleJob(jobs.refundCancelledShow, (data) => continueCancellation(deps, data)),
    handleJob(jobs.sweepCancellations, () => sweepCancellations(deps)),
    handleJob(jobs.copyLineHistories, () => copyLineHistories(deps)),
    handleJob(jobs.relayOutbox, () => relayOutbox(deps)),
    handleJob(jobs.relayEvents, () => relayEvents(deps)),
    handleJob(jobs.handOutDeliveries, () => handOutDeliveries(deps)),
    handleJob(jobs.feedDataPlatform, () => feedDataPlatform(deps)),
  ]
}

/** The one kind of job on the queue of a webhook endpoint. */
export function deliveryHandlers(deps: Deps, endpointId: WebhookEndpointId): JobHandler[] {
  return [handleJob(deliverWebhookJob(endpointId), (data) => deliverWebhook(deps, data))]
}
