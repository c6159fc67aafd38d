import {
  admit,
  type Deps,
  expireDueHolds,
  expireReservations,
  handleJob,
  type JobHandler,
  jobs,
  relayOutbox,
} from '@greenroom/core'

/** What each job of the catalogue does: one call into the core. */
export function jobHandlers(deps: Deps): JobHandler[] {
  return [
    handleJob(jobs.admissionTick, (data) => admit(deps, data)),
    handleJob(jobs.expireHolds, (data) => expireReservations(deps, data.reservationIds)),
    handleJob(jobs.expireDueHolds, () => expireDueHolds(deps)),
    handleJob(jobs.relayOutbox, () => relayOutbox(deps)),
  ]
}
