import { setTimeout as sleep } from 'node:timers/promises'
import { reservationId } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { closeDeps, openDeps } from './deps.ts'
import { enqueue, jobs, listSchedules, scheduleJob } from './jobs.ts'
import { handleJob, startWorker } from './start-worker.ts'

const deps = await createTestDeps()

test('a schedule that is asked for while Redis does not answer is refused, and kept as soon as it does', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const early = openDeps({ ...deps.settings, redisUrl: server.url }, 'a process that starts early')
  onTestFinished(() => closeDeps(early))
  const keep = (): Promise<unknown> =>
    scheduleJob(early, jobs.expireDueHolds, { id: 'sweep', everyMs: 1_000, data: {} })
  process.kill(server.pid(), 'SIGSTOP')
  await expect(keep()).rejects.toThrow('timed out')
  process.kill(server.pid(), 'SIGCONT')
  await expect.poll(() => keep().then(() => 'kept', String), { timeout: 10_000 }).toBe('kept')
  expect(await listSchedules(early, jobs.expireDueHolds)).toEqual(['sweep'])
})

test('a worker whose Redis has no memory rests between its questions, and works on when there is some', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const poor = openDeps({ ...deps.settings, redisUrl: server.url }, 'a process whose Redis is full')
  onTestFinished(() => closeDeps(poor))
  // counted, not written: without the rest they are tens of thousands
  poor.log.level = 'silent'
  const warned = vi.spyOn(poor.log, 'warn')
  const done: number[] = []
  const handler = handleJob(jobs.expireHolds, async ({ reservationIds: [id = 0] }) => done.push(id))
  await enqueue(poor, jobs.expireHolds, { reservationIds: [reservationId.parse(1)] })
  await poor.redis.config('SET', 'maxmemory', '1')
  // taking a job that waits is a write
  onTestFinished(startWorker(poor, 'holds', [handler], { concurrency: 1 }).close)
  await expect.poll(() => warned.mock.calls.length, { timeout: 15_000 }).toBeGreaterThan(0)
  await sleep(2_000)
  // one or two for each rest, where without any it is thousands
  expect(warned.mock.calls.length).toBeLessThan(20)
  expect(done).toEqual([])
  await poor.redis.config('SET', 'maxmemory', '0')
  await expect.poll(() => done, { timeout: 15_000 }).toEqual([1])
})
