import { type Deps, jobs, listLines, scheduleJob } from '@greenroom/core'

/** How soon a new concert, or a Redis that was emptied, has its ticks again. */
const keepEveryMs = 5_000
/** One progress number a second is what a waiting crowd gets; offers come with it. */
const admissionTickMs = 1_000
const sweepMs = 1_000

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

async function scheduleAll(deps: Deps): Promise<void> {
  await scheduleJob(deps, jobs.expireDueHolds, { id: 'expire-due-holds', everyMs: sweepMs, data: {} })
  await scheduleJob(deps, jobs.relayOutbox, { id: 'relay-outbox', everyMs: sweepMs, data: {} })
  for (const concertId of await listLines(deps)) {
    await scheduleJob(deps, jobs.admissionTick, {
      id: `admission-${concertId}`,
      everyMs: admissionTickMs,
      data: { concertId },
    })
  }
}
