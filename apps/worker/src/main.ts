import { runProcess, startWorker } from '@greenroom/core'
import { readWorkerSettings } from './env.ts'
import { jobHandlers } from './job-handlers.ts'
import { keepSchedules } from './keep-schedules.ts'
import { keepWebhookWorkers } from './keep-webhook-workers.ts'
import { createWorkerMetrics } from './metrics.ts'
import { serveProbes } from './serve-probes.ts'

await runProcess('worker', {
  readSettings: readWorkerSettings,
  start: async (deps, settings) => {
    const handlers = jobHandlers(deps)
    const metrics = createWorkerMetrics(deps)
    const { noteJob } = metrics
    const probes = settings.probes === null ? undefined : await serveProbes(deps, metrics, settings.probes)
    const workers = [
      startWorker(deps, 'admission', handlers, { concurrency: 4, noteJob }),
      startWorker(deps, 'holds', handlers, { concurrency: 20, noteJob }),
      startWorker(deps, 'upkeep', handlers, { concurrency: 4, noteJob }),
      startWorker(deps, 'refunds', handlers, { concurrency: 2, noteJob }),
      startWorker(deps, 'webhooks', handlers, { concurrency: 4, noteJob }),
      keepWebhookWorkers(deps, noteJob),
    ]
    const schedules = keepSchedules(deps)
    deps.log.info({ probes: probes?.port }, 'worker works')
    return {
      announceDrain: () => {
        probes?.announceDrain()
        schedules.stop()
      },
      drain: async () => {
        await Promise.all(workers.map((worker) => worker.close()))
        await probes?.close()
      },
    }
  },
})
