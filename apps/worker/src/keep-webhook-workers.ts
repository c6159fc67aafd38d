import { setTimeout as sleep } from 'node:timers/promises'
import type { WebhookEndpointId } from '@greenroom/contract'
import { deliverWebhookJob, type Deps, type JobDone, listWebhooksOn, startWorker } from '@greenroom/core'
import { deliveryHandlers } from './job-handlers.ts'

type Worker = ReturnType<typeof startWorker>
type NoteJob = (done: JobDone) => void

/** How soon an endpoint that was registered or switched on is worked for. */
const keepEveryMs = 1_000

/**
 * Attempts under way at one endpoint, in this process. An endpoint that never answers holds these for 10 s each and nobody
 * else's: every endpoint has a queue and workers of its own.
 */
const perEndpoint = 8

/** What `close` waits for attempts under way, which is less than they may take: one that is cut off is made again later. */
const closeTimeoutMs = 5_000

/** Works on the queue of every endpoint that is on, and of no other, until closed. */
export function keepWebhookWorkers(deps: Deps, noteJob?: NoteJob): { close: () => Promise<void> } {
  const workers = new Map<WebhookEndpointId, Worker>()
  const ending = new Set<Promise<void>>()
  let closed = false
  // nobody waits for its attempts under way: a silent endpoint that was removed would keep a new one waiting for 10 s
  const end = (worker: Worker): void => {
    const ended = worker
      .close()
      .catch((error: unknown) => deps.log.warn({ err: error }, 'a webhook worker did not close'))
      .then(() => void ending.delete(ended))
    ending.add(ended)
  }
  const keep = async (): Promise<void> => {
    const wanted = await listWebhooksOn(deps)
    if (closed) return
    for (const endpointId of wanted) {
      if (!workers.has(endpointId)) workers.set(endpointId, startOne(deps, endpointId, noteJob))
    }
    for (const [endpointId, worker] of workers) {
      if (wanted.includes(endpointId)) continue
      workers.delete(endpointId)
      end(worker)
    }
  }
  let keeping: Promise<void> = Promise.resolve()
  const keepOn = (): void => {
    // one round after the other, so that no endpoint is started twice
    keeping = keeping
      .then(keep)
      .catch((error: unknown) =>
        deps.log.warn({ err: error }, 'webhook workers could not be kept; trying again'),
      )
      .then(() => {
        if (!closed) timer = setTimeout(keepOn, keepEveryMs)
      })
  }
  let timer: NodeJS.Timeout | undefined
  keepOn()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      const allEnded = keeping.then(async () => {
        for (const worker of workers.values()) end(worker)
        await Promise.all(ending)
      })
      await Promise.race([allEnded, sleep(closeTimeoutMs, undefined, { ref: false })])
    },
  }
}

function startOne(deps: Deps, endpointId: WebhookEndpointId, noteJob: NoteJob | undefined): Worker {
  const { queue } = deliverWebhookJob(endpointId)
  return startWorker(deps, queue, deliveryHandlers(deps, endpointId), {
    concurrency: perEndpoint,
    noteJob,
  })
}
