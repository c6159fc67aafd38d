import {
  concertId,
  reservationId,
  showId,
  webhookDeliveryId,
  type WebhookEndpointId,
} from '@greenroom/contract'
import { type JobsOptions, Queue } from 'bullmq'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import { readRedisMs, type RedisConnection } from './redis.ts'
import { jobTelemetry } from './trace-jobs.ts'

/** One kind of background work: where it waits, what it carries, how often it is tried. */
export type JobKind<Data> = {
  name: string
  queue: QueueName
  schema: z.ZodType<Data>
  /** Tries in all; the wait doubles from `retryDelayMs`. */
  attempts: number
  retryDelayMs: number
}

/** Queues apart by urgency: ten thousand expiries due at once must not keep admissions or the relay waiting. */
export const queueNames = ['admission', 'holds', 'upkeep', 'refunds', 'webhooks'] as const
/** A webhook endpoint has a queue and workers of its own: one that is slow or dead is so for itself alone. */
export type QueueName = (typeof queueNames)[number] | `webhooks-${number}`

/**
 * Every job of the product. A job is a hint: each may be lost, late or run twice, and each runs a statement or script
 * that is safe to repeat. What ticks is not tried again: the next tick is the retry.
 */
export const jobs = {
  /** One step of one concert's line. */
  admissionTick: kind('admission-tick', 'admission', z.object({ concertId }), 1),
  /** Gives the seats of holds that end at the same moment back, at that moment. */
  expireHolds: kind(
    'expire-holds',
    'holds',
    z.object({ reservationIds: z.array(reservationId).min(1).max(100) }),
    5,
  ),
  /** Gives back whatever `expireHolds` missed. */
  expireDueHolds: kind('expire-due-holds', 'upkeep', z.object({}), 1),
  /** Asks the cheap form of every invariant. */
  checkInvariants: kind('check-invariants', 'upkeep', z.object({}), 1),
  /** Asks the full form once a day, when nothing is being sold. */
  checkEverything: kind('check-everything', 'upkeep', z.object({}), 1),
  /** Writes down how each live sale stands. */
  sampleSales: kind('sample-sales', 'upkeep', z.object({}), 1),
  /** Forgets what is old enough and needed by nobody. */
  prune: kind('prune', 'upkeep', z.object({}), 1),
  /** Gives money of one cancelled show back, some 5 s of it. */
  refundCancelledShow: kind('refund-cancelled-show', 'refunds', z.object({ showId }), 5),
  /** Adds that job for every cancelled show that is not finished and has none. */
  sweepCancellations: kind('sweep-cancellations', 'refunds', z.object({}), 1),
  /** Copies from Redis to Postgres what became of places in the lines. */
  copyLineHistories: kind('copy-line-histories', 'upkeep', z.object({}), 1),
  /** Publishes the seat changes that no process published right after its commit. */
  relayOutbox: kind('relay-outbox', 'upkeep', z.object({}), 1),
  /** Gives what happened its order, and each endpoint its deliveries. */
  relayEvents: kind('relay-events', 'webhooks', z.object({}), 1),
  /** Adds jobs for deliveries that are due and have none. */
  handOutDeliveries: kind('hand-out-deliveries', 'webhooks', z.object({}), 1),
  /** Sends the data platform what it does not have yet. */
  feedDataPlatform: kind('feed-data-platform', 'webhooks', z.object({}), 1),
} as const

/** Makes one attempt to send one event to one endpoint. The delivery's row says when there is another, by another job. */
export function deliverWebhookJob(
  endpointId: WebhookEndpointId,
): JobKind<{ deliveryId: z.infer<typeof webhookDeliveryId> }> {
  return kind('deliver-webhook', `webhooks-${endpointId}`, z.object({ deliveryId: webhookDeliveryId }), 1)
}

/**
 * A try that failed, by a handler that has noted when the next one is due: whoever looks for what is due adds a job for it
 * then, so nothing of it stays in Redis meanwhile. `null`: there is none, and the job counts as failed.
 */
export class FailedTry extends Error {
  readonly retryAfterMs: number | null

  constructor(message: string, retryAfterMs: number | null) {
    super(message)
    this.name = 'FailedTry'
    this.retryAfterMs = retryAfterMs
  }
}

function kind<Data>(
  name: string,
  queue: QueueName,
  schema: z.ZodType<Data>,
  attempts: number,
): JobKind<Data> {
  return { name, queue, schema, attempts, retryDelayMs: 500 }
}

/** The hash tag keeps all keys of the queues in one slot, which BullMQ needs on a Redis Cluster. */
export const queuePrefix = '{jobs}'

const keptCompleted = { count: 200, age: 3_600 }
const keptFailed = { count: 1_000, age: 7 * 86_400 }

/** Adds one job. Rejects when Redis is away: a caller for whom the job is a hint logs that and goes on. */
export async function enqueue<Data>(
  deps: Deps,
  job: JobKind<Data>,
  data: Data,
  options: { delayMs?: number; jobId?: string } = {},
): Promise<void> {
  await enqueueAll(deps, job, [{ data, ...options }])
}

/**
 * Adds many jobs of one kind in one round trip. A `jobId` that is already known is not added again, nor is an
 * `aloneAs` while another of that name waits or runs.
 */
export async function enqueueAll<Data>(
  deps: Deps,
  job: JobKind<Data>,
  entries: { data: Data; delayMs?: number; jobId?: string; aloneAs?: string }[],
): Promise<void> {
  await openQueue(deps.redis, job.queue).addBulk(
    entries.map(({ data, delayMs, jobId, aloneAs }) => ({
      name: job.name,
      data,
      opts: {
        ...jobOptions(job),
        ...(delayMs === undefined ? {} : { delay: delayMs }),
        ...(jobId === undefined ? {} : { jobId }),
        ...(aloneAs === undefined ? {} : { deduplication: { id: aloneAs } }),
      },
    })),
  )
}

/**
 * Makes the job come every `everyMs` from now on, under `id`. Asking again with the same id changes the interval, and brings
 * a schedule back that a wrong clock has put off.
 */
export async function scheduleJob<Data>(
  deps: Deps,
  job: JobKind<Data>,
  schedule: { id: string; everyMs: number; data: Data },
): Promise<void> {
  const queue = openQueue(deps.redis, job.queue)
  if (await isPutOff(deps, queue, schedule)) await queue.removeJobScheduler(schedule.id)
  await queue.upsertJobScheduler(
    schedule.id,
    { every: schedule.everyMs },
    { name: job.name, data: schedule.data, opts: jobOptions(job) },
  )
}

/** Honest clocks differ by less. */
const clockSkewMs = 5_000

/**
 * BullMQ reckons the next run by the clock of the process that asks for it or works on it. One whose clock is an hour fast
 * puts it off by an hour, and for everybody: the next one to ask leaves the moment as it is. So Redis' clock has the word.
 */
async function isPutOff(
  deps: Deps,
  queue: Queue,
  { id, everyMs }: { id: string; everyMs: number },
): Promise<boolean> {
  const [scheduler, nowMs] = await Promise.all([queue.getJobScheduler(id), readRedisMs(deps.redis)])
  return (scheduler?.next ?? 0) > nowMs + everyMs + clockSkewMs
}

/** Ends what `scheduleJob` began; nothing happens when there is no such schedule. */
export async function unscheduleJob<Data>(deps: Deps, job: JobKind<Data>, id: string): Promise<void> {
  await openQueue(deps.redis, job.queue).removeJobScheduler(id)
}

/** The ids of all schedules of one kind of job. */
export async function listSchedules<Data>(deps: Deps, job: JobKind<Data>): Promise<string[]> {
  const schedules = await openQueue(deps.redis, job.queue).getJobSchedulers()
  return schedules.filter((each) => each.name === job.name).map((each) => each.key)
}

function jobOptions({
  attempts,
  retryDelayMs,
}: Pick<JobKind<unknown>, 'attempts' | 'retryDelayMs'>): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: retryDelayMs },
    removeOnComplete: keptCompleted,
    removeOnFail: keptFailed,
  }
}

export type JobCounts = { queue: string; counts: Record<string, number> }

/** In each state that somebody may have to do something about; what is done is forgotten after an hour. */
const countedStates = ['waiting', 'active', 'delayed', 'prioritized', 'failed'] as const

/** How many jobs wait, run or have failed on each queue; those of the webhook endpoints as one, since endpoints come and go. */
export async function countJobs(
  redis: RedisConnection,
  endpointIds: readonly WebhookEndpointId[],
): Promise<JobCounts[]> {
  const count = async (name: QueueName): Promise<Record<string, number>> =>
    await openQueue(redis, name).getJobCounts(...countedStates)
  const [own, endpoints] = await Promise.all([
    Promise.all(queueNames.map(async (queue) => ({ queue: String(queue), counts: await count(queue) }))),
    Promise.all(endpointIds.map((id) => count(deliverWebhookJob(id).queue))),
  ])
  const summed = Object.fromEntries(
    countedStates.map((state) => [state, endpoints.reduce((sum, counts) => sum + (counts[state] ?? 0), 0)]),
  )
  return [...own, { queue: 'webhook-endpoints', counts: summed }]
}

/** Queues on the process's own connection, made once for each connection and forgotten with it. */
const queuesByConnection = new WeakMap<RedisConnection, Map<QueueName, Queue>>()

/** The BullMQ queue itself, for Bull Board and for adding jobs. */
export function openQueue(redis: RedisConnection, name: QueueName): Queue {
  const queues = queuesByConnection.get(redis) ?? new Map<QueueName, Queue>()
  queuesByConnection.set(redis, queues)
  const known = queues.get(name)
  if (known !== undefined) return known
  const queue = new Queue(name, {
    connection: redis,
    prefix: queuePrefix,
    skipWaitingForReady: true,
    ...jobTelemetry(),
  })
  // a command that suffers rejects by itself; without a listener the same error would end the process
  queue.on('error', () => undefined)
  queues.set(name, queue)
  void forgetWhenLost(queues, name, queue)
  return queue
}

/**
 * BullMQ first asks Redis which version it is, and a queue that got no answer refuses everything for ever: it is forgotten,
 * so that the next caller makes another.
 */
async function forgetWhenLost(queues: Map<QueueName, Queue>, name: QueueName, queue: Queue): Promise<void> {
  try {
    await queue.waitUntilReady()
  } catch {
    // whoever asked is told by the same rejection
    if (queues.get(name) === queue) queues.delete(name)
    await queue.close().catch(() => undefined)
  }
}

/** Jobs of a queue that nobody has begun: they wait for a worker, or for their time. */
export async function countWaitingJobs(deps: Deps, name: QueueName): Promise<number> {
  return await openQueue(deps.redis, name).getJobCountByTypes('waiting', 'delayed')
}

/** Ends a queue that nobody adds to any more: all its jobs, whatever their state, and everything else Redis has of it. */
export async function dropQueue(redis: RedisConnection, name: QueueName): Promise<void> {
  const queue = openQueue(redis, name)
  await queue.obliterate({ force: true })
  queuesByConnection.get(redis)?.delete(name)
  // the connection is the process's own and stays
  await queue.close()
}

/**
 * Makes `queue` what `openQueue` answers with on this connection: for a process whose Redis is simulated, where BullMQ's
 * own scripts do not run. It is told of every job that is added.
 */
export function adoptQueue(redis: RedisConnection, name: QueueName, queue: Queue): void {
  const queues = queuesByConnection.get(redis) ?? new Map<QueueName, Queue>()
  queuesByConnection.set(redis, queues)
  queues.set(name, queue)
}
