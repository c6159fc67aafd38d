import { isDomainError } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { emptyRedis } from '../testing/empty-redis.ts'
import { makeFan } from '../testing/make-fan.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import type { Deps } from '../platform/deps.ts'
import { createPartnerKey, requirePartner } from './index.ts'

const redis = await startPrivateRedis()
afterAll(redis.stop)
const deps = await createTestDeps({ redisUrl: redis.url })
const operatorId = await makeFan(deps)

const makeKey = async (ratePerMinute: number): Promise<string> => {
  const input = { operatorId, name: 'Agency', concertIds: null, ratePerMinute }
  return (await createPartnerKey(deps, input)).secret
}

/** How many of so many calls get through; the others must say when to come back. */
const callOften = async (processes: Deps[], key: string, times: number): Promise<number> => {
  const calls = Array.from({ length: times }, (_, call) =>
    requirePartner(processes[call % processes.length] ?? deps, key),
  )
  const outcomes = await Promise.allSettled(calls)
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  for (const reason of refused) {
    if (!isDomainError(reason, 'RATE_LIMITED')) throw reason
    expect(reason.details.retryAfterMs).toBeGreaterThan(0)
    expect(reason.details.retryAfterMs).toBeLessThanOrEqual(60_000)
  }
  return times - refused.length
}

test("a key has its calls a minute over all processes together, and uses up nobody else's", async () => {
  const [busy, calm] = [await makeKey(20), await makeKey(20)]
  const processes = [deps, openProcess(deps)]
  for (const process of processes) await process.redis.ping()
  expect(await callOften(processes, busy, 50)).toBe(20)
  expect(await callOften(processes, busy, 10)).toBe(0)
  expect(await callOften(processes, calm, 10)).toBe(10)
})

test('when the minute is over the key goes on', async () => {
  const key = await makeKey(1)
  await deps.redis.ping()
  expect(await callOften([deps], key, 3)).toBe(1)
  // Redis forgets the count when its minute is over; here it is told to
  await emptyRedis(deps)
  const other = openProcess(deps)
  await other.redis.ping()
  expect(await callOften([other], key, 3)).toBe(1)
})

test('with Redis away a process lets a quarter of the rate through, at once and not later', async () => {
  const key = await makeKey(40)
  await deps.redis.ping()
  await redis.kill()
  await expect.poll(() => deps.redis.status).not.toBe('ready')
  expect(await callOften([deps], key, 100)).toBe(10)
  // guard off: nothing counts for all processes together, so another one lets the same number through again
  expect(await callOften([openProcess(deps)], key, 100)).toBe(10)
  await redis.start()
  await expect.poll(() => deps.redis.status, { timeout: 10_000 }).toBe('ready')
  expect(await callOften([deps], key, 100)).toBe(40)
})
