import {
  type Deps,
  hint,
  inTime,
  type JobDone,
  readTally,
  registerProcessMetrics,
  registerTally,
} from '@greenroom/core'
import { Counter, Histogram, Registry } from 'prom-client'
import { registerSaleGauges } from './sale-gauges.ts'

export type WorkerMetrics = {
  noteJob: (done: JobDone) => void
  /** The text of a scrape. What cannot be told now is left out of it. */
  tell: () => Promise<{ contentType: string; text: string }>
}

/** Prometheus waits 10 s for a scrape, and a Postgres that stands still must not keep the rest from it. */
const tellWithinMs = 3_000

/** This process, the jobs it did, and what is the same for all: queues, lines, and what is due and not done. */
export function createWorkerMetrics(deps: Deps): WorkerMetrics {
  const registry = new Registry()
  const registers = [registry]
  registerProcessMetrics(registry, deps)
  // of cancelled shows
  registerTally(registry, deps, ['refund'])
  const done = new Counter({
    name: 'greenroom_jobs_done_total',
    help: 'Tries of jobs that ended here, by job and result: done, or failed.',
    labelNames: ['job', 'result'],
    registers,
  })
  const durationSeconds = new Histogram({
    name: 'greenroom_job_duration_seconds',
    help: 'How long a try of a job took here.',
    labelNames: ['job'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  })
  new Counter({
    name: 'greenroom_holds_expired_total',
    help: 'Holds whose seats this process gave back because their time was over.',
    registers,
    collect() {
      this.reset()
      this.inc(readTally(deps).holdsExpired)
    },
  })
  const readSaleGauges = registerSaleGauges(registry, deps)
  return {
    noteJob: ({ name, isDone, elapsedMs }) => {
      done.inc({ job: name, result: 'done' }, isDone ? 1 : 0)
      done.inc({ job: name, result: 'failed' }, isDone ? 0 : 1)
      durationSeconds.observe({ job: name }, elapsedMs / 1_000)
    },
    tell: async () => {
      const parts = Object.entries(readSaleGauges)
      await Promise.all(
        parts.map(([what, read]) =>
          hint(deps, `${what} could not be told`, () => inTime(read(), tellWithinMs)),
        ),
      )
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
