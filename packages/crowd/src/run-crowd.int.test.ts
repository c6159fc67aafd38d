import { createGreenroom } from '@greenroom/client'
import { concertId, showId } from '@greenroom/contract'
import { closeDeps, jobs, openDeps, openQueue, readCoreSettings } from '@greenroom/core'
import { createDemoDatabase, createTestRedis, startProcesses } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { crowdDefaults } from './crowd-options.ts'
import { findBroken } from './crowd-report.ts'
import { readBooks } from './read-books.ts'
import { runCrowd } from './run-crowd.ts'

const [database, redis] = await Promise.all([createDemoDatabase(), createTestRedis()])
const processes = await startProcesses({ databaseUrl: database.url, redisUrl: redis.url })
const deps = openDeps(
  readCoreSettings({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SECRET: 'a secret for tests alone',
    LOG_LEVEL: 'silent',
  }),
  'test',
)
afterAll(async () => {
  await processes.stop()
  await closeDeps(deps)
  await Promise.all([database.drop(), redis.drop()])
})

const operator = { email: 'operator@greenroom.example', password: 'greenroom' }
const options = {
  ...crowdDefaults,
  url: processes.url,
  concertId: concertId.parse(1),
  observers: 2,
  thinkMs: 50,
  timeoutMs: 120_000,
}

/** So that most of the crowd waits. */
async function makeRoomFor(capacity: number): Promise<void> {
  const { api, setToken } = createGreenroom({ apiUrl: processes.url })
  setToken((await api.accounts.signIn.mutate(operator)).token)
  await api.operator.tuneLine.mutate({ concertId: options.concertId, capacity })
}

/** The server asks itself once a minute, and the crowd waits for that: here the same job comes earlier. */
const askForOwnCheck = () =>
  openQueue(deps.redis, jobs.checkInvariants.queue).add(
    jobs.checkInvariants.name,
    {},
    { deduplication: { id: 'now' } },
  )

test('a small hall is sold to a crowd while the worker is killed, and every invariant holds', async () => {
  const fans = 60
  await makeRoomFor(12)
  let isKilled = false
  const report = await runCrowd({ ...options, operator, fans, showId: showId.parse(1) }, (crowd, phase) => {
    if (phase === 'own check') void askForOwnCheck()
    if (isKilled || readBooks(crowd.history.events).soldSeatIds.size === 0) return
    isKilled = true
    void processes.worker.kill().then(() => processes.worker.start())
  })
  expect(findBroken(report)).toEqual([])
  expect(isKilled).toBe(true)
  expect(report.seatsSold).toBeGreaterThan(0)
  expect(report.seatsSold).toBeLessThanOrEqual(50)
  const ended = Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)
  expect(ended).toBe(fans)
  const asked = report.oracles.map(({ name }) => name)
  expect(asked).toEqual(
    expect.arrayContaining([
      'line-lets-in-in-order',
      'never-more-inside-than-there-is-room',
      'shown-place-never-rises',
      'every-map-is-the-database',
      'balance-is-the-sum-of-transfers',
    ]),
  )
  // its keys are the server's business
  expect(asked).not.toContain('refused-has-no-effect')
  expect(report.operations.find(({ name }) => name === 'place')?.ok).toBeGreaterThan(0)
  expect(report.checks).toBeGreaterThan(0)
  expect(report.line).toMatchObject({ witnesses: fans, isLottery: false })
}, 200_000)

test('a server that cannot be reached is an error at once', async () => {
  await expect(runCrowd({ ...options, url: 'http://127.0.0.1:9', fans: 1 })).rejects.toBeInstanceOf(Error)
})
