import { expect, onTestFinished, test } from 'vitest'
import { openProcess } from '../testing/open-process.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { createLoadWindow, readLoad, startLoadReports } from './index.ts'
import { writeReport } from './load-store.ts'

const deps = await createTestDeps()
const patience = { timeout: 20_000, interval: 50 }

const reportOf = (elapsedMs: number, calls: number) => {
  const window = createLoadWindow()
  for (let call = 0; call < calls; call++) window.noteCall('inside', elapsedMs)
  return window.report({ lagP99Ms: elapsedMs / 10 })
}

test('nobody tells anything: no processes, and no numbers', async () => {
  expect(await readLoad(deps)).toMatchObject({
    processes: 0,
    inside: { perSecond: 0, p95Ms: null },
    loopLagP99Ms: null,
  })
})

test('what several processes say is told as one; a process that says it anew replaces what it said', async () => {
  await writeReport(deps.redis, 'one', reportOf(100, 1))
  await writeReport(deps.redis, 'one', reportOf(10, 90))
  await writeReport(deps.redis, 'other', reportOf(1_000, 10))
  const load = await readLoad(deps)
  expect(load.processes).toBe(2)
  expect(load.inside.p50Ms).toBeLessThan(13)
  expect(load.inside.p95Ms).toBeGreaterThan(999)
  expect(load.loopLagP99Ms).toBe(100)
  expect(Math.abs(load.asOfMs - (await redisNowMs(deps)))).toBeLessThan(60_000)
})

test('what is older than five seconds counts no more and is forgotten by the next report; what another version wrote is left out', async () => {
  const old = (await redisNowMs(deps)) - 5_001
  await deps.redis.hset('load:apis', 'dead', `${old}:${JSON.stringify(reportOf(5_000, 100))}`)
  await deps.redis.hset('load:apis', 'strange', `${await redisNowMs(deps)}:{"other":true}`)
  expect((await readLoad(deps)).inside.p99Ms).toBeLessThan(5_000)
  await writeReport(deps.redis, 'one', reportOf(1, 1))
  expect(await deps.redis.hexists('load:apis', 'dead')).toBe(0)
  expect(await deps.redis.pttl('load:apis')).toBeGreaterThan(0)
})

test('so many processes are kept and no more, and those known stay', async () => {
  await deps.redis.del('load:apis')
  const report = reportOf(1, 1)
  const kept = await Promise.all(
    Array.from({ length: 257 }, (_, at) => writeReport(deps.redis, `process ${at}`, report)),
  )
  expect(kept.filter((each) => !each)).toHaveLength(1)
  expect(await writeReport(deps.redis, 'process 0', report)).toBe(true)
  expect((await readLoad(deps)).processes).toBe(256)
})

test('a process tells its load each second, its pool in it', async () => {
  await deps.redis.del('load:apis')
  const api = openProcess(deps)
  const window = createLoadWindow()
  const reports = startLoadReports(api, window)
  onTestFinished(reports.stop)
  const sleeping = Array.from({ length: 12 }, () => api.db.pool.query('select pg_sleep(2)'))
  await expect.poll(async () => (await readLoad(deps)).pool, patience).toMatchObject({ size: 10, total: 10 })
  await expect.poll(async () => (await readLoad(deps)).pool.use, patience).toBeGreaterThan(1)
  await Promise.all(sleeping)
})
