import { type Deps, jobs, listLines, listSchedules, scheduleJob, unscheduleJob } from '@greenroom/core'

/** How soon a new concert, or a Redis that was emptied, has its ticks again. */
const keepEveryMs = 5_000
/** One progress number a second is what a waiting crowd gets; offers come with it. */
const admissionTickMs = 1_000
const sweepMs = 1_000
/** As long as a slot of `sale_samples`: one that is missed is a gap in a chart. */
const sampleMs = 5_000
/** A breach sells on for a minute at most. */
const checkEveryMs = 60_000
/** Once a day it does something. */
const checkEverythingEveryMs = 3_600_000
/** A run forgets up to 100,000 rows of a table, so this keeps up with 2.4 million a day. */
const pruneEveryMs = 3_600_000

/** Sees to it that every recurring job is scheduled, at start and again and again: the schedules live in Redis, which may lose them. */
export function keepSchedules(deps: Deps): { stop: () => void } {
  const keep = (): void => {
    scheduleAll(deps).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'schedules could not be kept; trying again'),
    )
  }
  keep()
  const timer = setInterval(keep, keepEveryMs)
  return { stop: () => clearInterval(timer) }
}

/** One round of `keepSchedules`: what is wanted is scheduled, and the ticks of lines that are over end. */
export async function scheduleAll(deps: Deps): Promise<void> {
  await scheduleJob(deps, jobs.expireDueHolds, { id: 'expire-due-holds', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.checkInvariants, { id: 'check-invariants', everyMs: checkEveryMs, data: {} })
  const hourly = { id: 'check-everything', everyMs: checkEverythingEveryMs, data: {} }
  await scheduleJob(deps, jobs.checkEverything, hourly)
  await scheduleJob(deps, jobs.prune, { id: 'prune', everyMs: pruneEveryMs, data: {} })
  await scheduleJob(deps, jobs.sampleSales, { id: 'sample-sales', everyMs: sampleMs, data: {} })
  await scheduleJob(deps, jobs.sweepCancellations, { id: 'sweep-cancellations', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.copyLineHistories, { id: 'copy-line-histories', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.relayOutbox, { id: 'relay-outbox', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.relayEvents, { id: 'relay-events', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.handOutDeliveries, { id: 'hand-out-deliveries', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.feedDataPlatform, { id: 'feed-data-platform', everyMs: sweepMs, data: {} })
  const wanted = new Map((await listLines(deps)).map((concertId) => [`admission-${concertId}`, concertId]))
  for (const [id, concertId] of wanted) {
    await scheduleJob(deps, jobs.admissionTick, { id, everyMs: admissionTickMs, data: { concertId } })
  }
  for (const id of await listSchedules(deps, jobs.admissionTick)) {
    if (!wanted.has(id)) await unscheduleJob(deps, jobs.admissionTick, id)
  }
}
