import { DomainError } from '@greenroom/contract'
import { type Job, UnrecoverableError, Worker } from 'bullmq'
import { z } from 'zod'
import { inCall } from './call-context.ts'
import type { Deps } from './deps.ts'
import { FailedTry, type JobKind, type QueueName, queuePrefix } from './jobs.ts'
import { openBlockingRedis } from './redis.ts'
import { jobTelemetry } from './trace-jobs.ts'

/** What a worker does with one kind of job. Made by `handleJob`, so that data never reaches a handler unparsed. */
export type JobHandler = { name: string; queue: QueueName; run: (data: unknown) => Promise<void> }

/** Binds a job of the catalogue to what it does. Data that does not fit its schema fails the job, `run` is not called. */
export function handleJob<Data>(job: JobKind<Data>, run: (data: Data) => Promise<unknown>): JobHandler {
  return {
    name: job.name,
    queue: job.queue,
    run: async (data) => {
      await run(job.schema.parse(data))
    },
  }
}

/**
 * Works on one queue until closed: `close` lets running jobs end. A refusal by rule (DomainError) or data that does not
 * parse fails the job at once; anything else is tried again as the catalogue says.
 */
export function startWorker(
  deps: Deps,
  queue: QueueName,
  handlers: JobHandler[],
  options: { concurrency: number; noteJob?: ((done: JobDone) => void) | undefined },
): { close: () => Promise<void> } {
  const runs = new Map(handlers.filter((each) => each.queue === queue).map((each) => [each.name, each.run]))
  const connection = openBlockingRedis(deps.settings.redisUrl)
  const worker = new Worker(queue, (job) => timeJob(job, options.noteJob, () => runJob(runs, job)), {
    connection,
    prefix: queuePrefix,
    ...jobTelemetry(),
    concurrency: options.concurrency,
    // a worker that dies gives its job back after 10 s, not 30; dying with it ten times is bad luck, not a bad job
    lockDuration: 10_000,
    stalledInterval: 5_000,
    maxStalledCount: 10,
    // after a lost connection; its own 15 s are 15 admissions of every line
    runRetryDelay: restMs,
  })
  const rest = restBetweenRefusals(deps, worker)
  worker.on('error', (error) => {
    deps.log.warn({ err: error, queue }, 'worker')
    if (error.name === 'ReplyError') rest.begin()
  })
  worker.on('failed', (job, error) => deps.log.warn({ err: error, queue, job: job?.name }, 'job failed'))
  return {
    close: async () => {
      rest.end()
      try {
        await worker.close()
      } finally {
        connection.disconnect()
      }
    },
  }
}

/** One job has ended: how, and how long it took. A try that failed counts as one, whether or not it is tried again. */
export type JobDone = { name: string; isDone: boolean; elapsedMs: number }

async function timeJob<T>(
  { name }: Job<unknown>,
  note: ((done: JobDone) => void) | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const beganMs = performance.now()
  try {
    const result = await run()
    note?.({ name, isDone: true, elapsedMs: performance.now() - beganMs })
    return result
  } catch (error) {
    note?.({ name, isDone: false, elapsedMs: performance.now() - beganMs })
    throw error
  }
}

/** Ticks come every second, so who rests as long misses one. */
const restMs = 1_000

/**
 * A Redis that refuses a command, having no memory for it or loading its files, refuses the next one as well: without a
 * rest the worker asks, and logs, 7,000 times a second for as long as it lasts.
 */
function restBetweenRefusals(deps: Deps, worker: Worker): { begin: () => void; end: () => void } {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const tell = (err: unknown): void => deps.log.warn({ err }, 'a worker could not rest')
  return {
    begin: () => {
      if (timer !== undefined || isOver) return
      timer = setTimeout(() => {
        timer = undefined
        worker.resume().catch(tell)
      }, restMs)
      // what is being worked on goes on
      worker.pause(true).catch(tell)
    },
    /** A worker that is being closed neither rests nor wakes up. */
    end: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}

/** What it answers with stands beside the job in Bull Board. */
async function runJob(runs: Map<string, JobHandler['run']>, job: Job<unknown>): Promise<string | undefined> {
  const run = runs.get(job.name)
  if (run === undefined) throw new UnrecoverableError(`no handler for ${job.name}`)
  try {
    await inCall(`${job.queueName}/${job.id ?? job.name}`, () => run(job.data))
    return undefined
  } catch (error) {
    if (error instanceof DomainError)
      throw new UnrecoverableError(`${error.code} ${JSON.stringify(error.details)}`)
    if (error instanceof FailedTry) {
      if (error.retryAfterMs === null) throw new UnrecoverableError(error.message)
      return `${error.message}; due again in ${error.retryAfterMs} ms`
    }
    if (error instanceof z.ZodError) throw new UnrecoverableError(z.prettifyError(error))
    throw error
  }
}
