import { DomainError } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { enqueue, jobs, openQueue, type QueueName } from '../platform/jobs.ts'
import { handleJob, startWorker } from '../platform/start-worker.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { registerReceiver } from '../testing/webhook-receiver.ts'
import { listFailedJobs, retryJob } from './failed-jobs.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
/** A worker has its connections first, on a cluster one to each of its nodes. */
const patience = { timeout: 20_000, interval: 50 }

/** A worker that fails, or does, what it is given. */
function work(queue: QueueName, handle: () => Promise<void>): { close: () => Promise<void> } {
  const worker = startWorker(deps, queue, [handleJob(jobs.relayEvents, handle)], { concurrency: 1 })
  onTestFinished(worker.close)
  return worker
}

async function failOne(jobId: string): Promise<void> {
  const worker = work('webhooks', () =>
    Promise.reject(new DomainError('NOT_FOUND', { what: 'webhookEndpoint' })),
  )
  await enqueue(deps, jobs.relayEvents, {}, { jobId })
  await expect.poll(() => openQueue(deps.redis, 'webhooks').getFailedCount(), patience).toBeGreaterThan(0)
  await worker.close()
}

test('a failed job is told with what it was, carried and died of, until it is done once more', async () => {
  await failOne('first')
  const { queues, jobs: failed } = await listFailedJobs(deps)
  expect(queues).toContainEqual({ queue: 'webhooks', failedCount: 1 })
  expect(failed).toMatchObject([
    {
      queue: 'webhooks',
      jobId: 'first',
      name: 'relay-events',
      data: '{}',
      error: 'NOT_FOUND {"what":"webhookEndpoint"}',
      attempts: 1,
    },
  ])

  let done = 0
  const retry = { operatorId, queue: 'webhooks', jobId: 'first' }
  expect(await retryJob(deps, retry)).toEqual({ isRetried: true })
  await expect(retryJob(deps, retry)).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'job' } })
  work('webhooks', () => {
    done += 1
    return Promise.resolve()
  })
  await expect.poll(() => done, patience).toBe(1)
  await expect.poll(async () => (await listFailedJobs(deps)).jobs, patience).toEqual([])
  expect((await listAudit(deps))[0]).toMatchObject({
    action: 'job.retry',
    target: 'job webhooks first',
    before: { state: 'failed', name: 'relay-events' },
    after: { state: 'waiting' },
  })
})

test('of two presses at once one has the job done', async () => {
  await failOne('second')
  const both = await Promise.allSettled(
    [1, 2].map(() => retryJob(deps, { operatorId, queue: 'webhooks', jobId: 'second' })),
  )
  const retried = both.filter((each) => each.status === 'fulfilled' && each.value.isRetried)
  expect(retried).toHaveLength(1)
})

test('the queue of a webhook endpoint is among them; one that is none is refused', async () => {
  const { endpointId } = await registerReceiver(deps, { url: 'https://partner.example/hook' }, { operatorId })
  const { queues } = await listFailedJobs(deps)
  expect(queues.map(({ queue }) => queue)).toContain(`webhooks-${endpointId}`)
  for (const queue of ['webhooks-999', 'none', 'admission:failed'])
    await expect(retryJob(deps, { operatorId, queue, jobId: '1' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
})
