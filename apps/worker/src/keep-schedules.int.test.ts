import { jobs, listSchedules } from '@greenroom/core'
import { createTestDeps, emptyRedis, makeShow, redisNowMs } from '@greenroom/core/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { scheduleAll } from './keep-schedules.ts'

const deps = await createTestDeps()

test('a line has its ticks until it is over, also when Redis forgot them', async () => {
  const [{ concertId: on }, { concertId: over }] = [await makeShow(deps), await makeShow(deps)]
  await scheduleAll(deps)
  await emptyRedis(deps)
  await scheduleAll(deps)
  expect((await listSchedules(deps, jobs.admissionTick)).toSorted()).toEqual([
    `admission-${on}`,
    `admission-${over}`,
  ])
  await deps.db.pool.query("update lines set closes_at = now() - interval '2 hours' where concert_id = $1", [
    over,
  ])
  await scheduleAll(deps)
  expect(await listSchedules(deps, jobs.admissionTick)).toEqual([`admission-${on}`])
  expect(await listSchedules(deps, jobs.relayOutbox)).toEqual(['relay-outbox'])
})

test('a worker whose clock is an hour fast puts no sweep off for the others', async () => {
  await emptyRedis(deps)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
  onTestFinished(() => void vi.useRealTimers())
  await scheduleAll(deps)
  vi.useRealTimers()
  expect(await nextSweepMs()).toBeGreaterThan(3_500_000)
  await scheduleAll(deps)
  expect(await nextSweepMs()).toBeLessThan(10_000)
})

/** In how many milliseconds the sweep comes next, by Redis' clock. */
async function nextSweepMs(): Promise<number> {
  const next = await deps.redis.zscore('{jobs}:upkeep:repeat', 'expire-due-holds')
  return Number(next) - (await redisNowMs(deps))
}
