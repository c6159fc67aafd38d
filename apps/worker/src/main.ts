import { closeDeps, drainOnSignal, openDeps, startTracing, startWorker } from '@greenroom/core'
import { readWorkerSettings } from './env.ts'
import { jobHandlers } from './job-handlers.ts'
import { keepSchedules } from './keep-schedules.ts'
import { keepWebhookWorkers } from './keep-webhook-workers.ts'

const deps = openDeps(readWorkerSettings(), 'worker')
const stopTracing = await startTracing(deps, 'worker')
const handlers = jobHandlers(deps)

const workers = [
  startWorker(deps, 'admission', handlers, { concurrency: 4 }),
  startWorker(deps, 'holds', handlers, { concurrency: 20 }),
  startWorker(deps, 'upkeep', handlers, { concurrency: 4 }),
  startWorker(deps, 'refunds', handlers, { concurrency: 2 }),
  startWorker(deps, 'webhooks', handlers, { concurrency: 4 }),
  keepWebhookWorkers(deps),
]
const schedules = keepSchedules(deps)

drainOnSignal(deps, {
  // it listens nowhere: whoever watches it sees that it takes no more jobs
  announce: () => schedules.stop(),
  drain: async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    await closeDeps(deps)
    await stopTracing()
  },
})
deps.log.info('worker works')
