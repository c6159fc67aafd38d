import { DomainError, reservationId } from '@greenroom/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { enqueue, jobs, openQueue, scheduleJob, unscheduleJob } from './jobs.ts'
import { handleJob, startWorker } from './start-worker.ts'

const deps = await createTestDeps()
const queue = openQueue(deps.redis, 'holds')

function work(run: (data: { reservationIds: number[] }) => Promise<unknown>): void {
  const worker = startWorker(deps, 'holds', [handleJob(jobs.expireHolds, run)], { concurrency: 1 })
  onTestFinished(worker.close)
}

const holdOf = (id: number) => ({ reservationIds: [reservationId.parse(id)] })

test('a job reaches its handler with parsed data', async () => {
  const seen: unknown[] = []
  work(async (data) => seen.push(data))
  await enqueue(deps, jobs.expireHolds, holdOf(7))
  await vi.waitFor(() => expect(seen).toEqual([{ reservationIds: [7] }]), { timeout: 10_000 })
})

test('a job id that is already known is not added again', async () => {
  const data = holdOf(8)
  await enqueue(deps, jobs.expireHolds, data, { jobId: 'hold-8', delayMs: 60_000 })
  await enqueue(deps, jobs.expireHolds, data, { jobId: 'hold-8', delayMs: 60_000 })
  expect(await queue.getDelayedCount()).toBe(1)
  await queue.drain(true)
})

test('a refusal by rule and unreadable data fail the job at once; anything else is tried again', async () => {
  const tries = { refused: 0, broken: 0 }
  work(async ({ reservationIds: [id] }) => {
    if (id === 1) {
      tries.refused++
      throw new DomainError('SALE_CLOSED', {})
    }
    tries.broken++
    if (tries.broken === 1) throw new Error('once')
  })
  await enqueue(deps, jobs.expireHolds, holdOf(1))
  await enqueue(deps, jobs.expireHolds, holdOf(2))
  await queue.add(jobs.expireHolds.name, { reservationIds: 'x' }, { attempts: 5 })
  await vi.waitFor(
    async () => {
      expect(tries).toEqual({ refused: 1, broken: 2 })
      expect(await queue.getFailedCount()).toBe(2)
    },
    { timeout: 20_000 },
  )
})

test('a schedule is one however often it is asked for, and ends when it is ended', async () => {
  const upkeep = openQueue(deps.redis, 'upkeep')
  for (const everyMs of [1_000, 1_000, 2_000]) {
    await scheduleJob(deps, jobs.relayOutbox, { id: 'relay', everyMs, data: {} })
  }
  expect(await upkeep.getJobSchedulersCount()).toBe(1)
  await unscheduleJob(deps, jobs.relayOutbox, 'relay')
  expect(await upkeep.getJobSchedulersCount()).toBe(0)
})
