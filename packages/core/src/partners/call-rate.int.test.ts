import { isDomainError } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test, vi } from 'vitest'
import { callByKey } from '../testing/call-by-key.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { makeFan } from '../testing/make-fan.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import type { Deps } from '../platform/deps.ts'
import { createPartnerKey } from './index.ts'
import { makeSecret } from './partner-key.ts'

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
    callByKey(processes[call % processes.length] ?? deps, key),
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

/** Where keys that were never seen are counted as for real fans. */
const strict: Deps = { ...deps, settings: { ...deps.settings, rateLimitFactor: 1 } }
let tried = 5_000_000
/** How calls with wrong keys end, and how many statements they cost. */
const tryWrongKeys = async (times: number, addressOf: (time: number) => string) => {
  const query = vi.spyOn(strict.db.pool, 'query')
  const codes: string[] = []
  for (let time = 0; time < times; time++) {
    const text = `gr_${(tried += 1)}_${makeSecret()}`
    codes.push(await callByKey(strict, text, addressOf(time)).then(String, (error: Error) => error.message))
  }
  const count = (code: string) => codes.filter((each) => each === code).length
  const statements = query.mock.calls.length
  query.mockRestore()
  return { refused: count('PARTNER_KEY_REFUSED'), limited: count('RATE_LIMITED'), statements }
}

test('wrong keys are counted by address before Postgres is asked, and take nothing from a right one', async () => {
  const [key, address] = [await makeKey(100), '203.0.113.50']
  await callByKey(strict, key, address)
  const known = { refused: 119, limited: 31, statements: 119 }
  expect(await tryWrongKeys(150, () => address)).toEqual(known)
  // more than are remembered, so that one would have gone for each
  const many = await tryWrongKeys(1_100, (time) => `198.51.100.${time % 11}`)
  expect(many).toEqual({ refused: 1_100, limited: 0, statements: 1_100 })
  expect(await callByKey(strict, key, address)).toMatchObject({ name: 'Agency' })
})

test('guard off: a process that remembers no right key takes it for one that is tried', async () => {
  const [key, address] = [await makeKey(100), '203.0.113.51']
  expect(await tryWrongKeys(150, () => address)).toMatchObject({ limited: 30 })
  await expect(callByKey(strict, key, address)).rejects.toThrow('RATE_LIMITED')
  await callByKey(strict, key, '203.0.113.52')
})

test('guard off: where nobody is counted each wrong key costs a statement', async () => {
  expect(await tryWrongKeys(150, () => '127.0.0.1')).toEqual({ refused: 150, limited: 0, statements: 150 })
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
