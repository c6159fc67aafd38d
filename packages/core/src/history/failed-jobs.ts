import { type AccountId, DomainError, type FailedJobs, type RetryJobInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { findFailed, listFailed, retryFailed } from '../platform/failed-jobs.ts'
import { deliverWebhookJob, type QueueName, queueNames } from '../platform/jobs.ts'
import { listWebhooksOn } from '../webhooks/index.ts'

/** Of each queue; there are at most 25 queues. */
const mostOfQueue = 50

/**
 * What failed for good in every queue, those of the webhook endpoints that are on included: how many, and the newest of them.
 * Rejects when Redis does not answer.
 */
export async function listFailedJobs(deps: Deps): Promise<FailedJobs> {
  const names = await listQueues(deps)
  const found = await Promise.all(names.map((name) => listFailed(deps.redis, name, mostOfQueue)))
  return {
    queues: names.map((queue, at) => ({ queue, failedCount: found[at]?.count ?? 0 })),
    jobs: found
      .flatMap(({ jobs }) => jobs)
      .toSorted((one, other) => (other.failedAtMs ?? 0) - (one.failedAtMs ?? 0)),
  }
}

/**
 * Has a failed job done once more. Audited before it happens, since Redis is no part of a transaction; a repeat finds it failed no
 * more and changes nothing. Every job is safe to run again. Refuses with NOT_FOUND for a queue that is none, or a job that is
 * not there or not failed.
 */
export async function retryJob(
  deps: Deps,
  { operatorId, queue, jobId }: RetryJobInput & { operatorId: AccountId },
): Promise<{ isRetried: boolean }> {
  const name = (await listQueues(deps)).find((each) => each === queue)
  const job = name === undefined ? undefined : await findFailed(deps.redis, name, jobId)
  if (name === undefined || job === undefined) throw new DomainError('NOT_FOUND', { what: 'job' })
  await recordAudit(deps, {
    actorId: operatorId,
    action: 'job.retry',
    target: `job ${queue} ${jobId}`,
    before: { state: 'failed', name: job.name, error: job.error, attempts: job.attempts },
    after: { state: 'waiting' },
  })
  return { isRetried: await retryFailed(deps.redis, name, jobId) }
}

async function listQueues(deps: Deps): Promise<QueueName[]> {
  const endpoints = await listWebhooksOn(deps)
  return [...queueNames, ...endpoints.map((endpointId) => deliverWebhookJob(endpointId).queue)]
}
