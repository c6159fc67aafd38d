import { countJobs, type Deps, listWebhooksOn, readBacklog } from '@greenroom/core'
import { Gauge, type Registry } from 'prom-client'
import { registerLineGauges } from './line-gauges.ts'

type Read = () => Promise<void>

/**
 * What is the same whichever worker is asked: take the largest of several, not their sum. Answers with what reads each part
 * anew, to be called before a scrape; a part that cannot be read tells nothing rather than what was.
 */
export function registerSaleGauges(
  registry: Registry,
  deps: Deps,
): Record<'jobs' | 'backlog' | 'lines', Read> {
  const registers = [registry]
  const jobs = new Gauge({
    name: 'greenroom_jobs',
    help: 'Jobs on each queue, by state; those of all webhook endpoints together.',
    labelNames: ['queue', 'state'],
    registers,
  })
  const backlog = new Gauge({
    name: 'greenroom_backlog',
    help: 'What is due and not done, at most 10,000 of each: seat changes and events not published, holds over and not given back, webhook messages due.',
    labelNames: ['kind'],
    registers,
  })
  const backlogAge = new Gauge({
    name: 'greenroom_backlog_age_seconds',
    help: 'For how long the oldest of them has been.',
    labelNames: ['kind'],
    registers,
  })
  return {
    jobs: async () => {
      jobs.reset()
      for (const { queue, counts } of await countJobs(deps.redis, await listWebhooksOn(deps)))
        for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count)
    },
    backlog: async () => {
      backlog.reset()
      backlogAge.reset()
      const found = await readBacklog(deps)
      backlog.set({ kind: 'seat-changes' }, found.outboxRows)
      backlog.set({ kind: 'events' }, found.eventRows)
      backlog.set({ kind: 'holds' }, found.overdueHolds)
      backlog.set({ kind: 'webhook-deliveries' }, found.dueDeliveries)
      backlogAge.set({ kind: 'seat-changes' }, found.outboxOldestAgeMs / 1_000)
      backlogAge.set({ kind: 'events' }, found.eventOldestAgeMs / 1_000)
      backlogAge.set({ kind: 'holds' }, found.holdOldestOverdueMs / 1_000)
    },
    lines: registerLineGauges(registry, deps),
  }
}
