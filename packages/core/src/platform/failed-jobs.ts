import type { FailedJob } from '@greenroom/contract'
import type { Job } from 'bullmq'
import { openQueue, type QueueName } from './jobs.ts'
import type { RedisConnection } from './redis.ts'

/** As much of what a job carried, or died of, as somebody reads. */
const mostText = 2_000

/** The newest failed jobs of a queue, and how many there are. */
export async function listFailed(
  redis: RedisConnection,
  name: QueueName,
  most: number,
): Promise<{ count: number; jobs: FailedJob[] }> {
  const queue = openQueue(redis, name)
  const [count, jobs] = await Promise.all([queue.getFailedCount(), queue.getFailed(0, most - 1)])
  return { count, jobs: jobs.map((job: Job<unknown>) => toFailedJob(name, job)) }
}

/** The job as long as it is failed; `undefined` when there is none such, or it is not failed (any more). */
export async function findFailed(
  redis: RedisConnection,
  name: QueueName,
  jobId: string,
): Promise<FailedJob | undefined> {
  const job = await findJob(redis, name, jobId)
  return job !== undefined && (await job.isFailed()) ? toFailedJob(name, job) : undefined
}

/** Has a failed job done once more, by whichever worker is free; false when somebody else had it done first. */
export async function retryFailed(redis: RedisConnection, name: QueueName, jobId: string): Promise<boolean> {
  const job = await findJob(redis, name, jobId)
  if (job === undefined) return false
  try {
    await job.retry('failed')
    return true
  } catch (error) {
    // another press came first, or the job has gone with its age
    if (!(await job.isFailed())) return false
    throw error
  }
}

async function findJob(redis: RedisConnection, name: QueueName, jobId: string): Promise<Job | undefined> {
  const job: Job | undefined = await openQueue(redis, name).getJob(jobId)
  return job
}

function toFailedJob(queue: QueueName, job: Job<unknown>): FailedJob {
  return {
    queue,
    jobId: job.id ?? '',
    name: job.name,
    data: JSON.stringify(job.data).slice(0, mostText),
    error: job.failedReason.slice(0, mostText),
    attempts: job.attemptsMade,
    failedAtMs: job.finishedOn ?? null,
  }
}
