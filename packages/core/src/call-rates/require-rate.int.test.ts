import { accountId, isDomainError } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { type Rate, type RateClass, rateClasses } from './rate-class.ts'
import { requireRate } from './require-rate.ts'

const redis = await startPrivateRedis()
afterAll(redis.stop)
const deps = await createTestDeps({ redisUrl: redis.url, rateLimitFactor: 1 })
// until it is connected, callers have what there is without Redis
await deps.redis.ping()
let fans = 0

/** How many of so many calls get through; the others must say when to come back. */
async function callOften(
  process: Deps,
  caller: { rate: RateClass; fan?: number; address?: string },
  times: number,
): Promise<number> {
  const { rate, fan, address = '203.0.113.9' } = caller
  const by = { rate, accountId: fan === undefined ? undefined : accountId.parse(fan), address }
  const calls = Array.from({ length: times }, async () => {
    await requireRate(process, by)
  })
  const refused = (await Promise.allSettled(calls)).flatMap((call) =>
    call.status === 'rejected' ? [call.reason] : [],
  )
  for (const reason of refused) {
    if (!isDomainError(reason, 'RATE_LIMITED')) throw reason
    expect(reason.details.retryAfterMs).toBeGreaterThan(0)
    expect(reason.details.retryAfterMs).toBeLessThanOrEqual(60_000)
  }
  return times - refused.length
}

const newFan = (): number => (fans += 1)

test.for(Object.entries(rateClasses))(
  '%s: an account has its calls a minute, and an address its own',
  async ([name, limits]) => {
    const rate = name as RateClass
    const { isAddressToo = false }: Rate = limits
    const fan = newFan()
    await deps.redis.ping()
    expect(await callOften(deps, { rate, fan }, limits.perAccount + 20)).toBe(limits.perAccount)
    expect(await callOften(deps, { rate, fan }, 5)).toBe(0)
    expect(await callOften(deps, { rate, fan: newFan() }, 5)).toBe(5)
    const address = '198.51.100.1'
    expect(await callOften(deps, { rate, address }, limits.perAddress + 20)).toBe(limits.perAddress)
    expect(await callOften(deps, { rate, address: `::ffff:${address}` }, 5)).toBe(0)
    expect(await callOften(deps, { rate, address: '198.51.100.2' }, 5)).toBe(5)
    // what one is refused who has no account, one who made some is refused too where they are not what is counted
    expect(await callOften(deps, { rate, fan: newFan(), address }, 5)).toBe(isAddressToo ? 0 : 5)
  },
)

test('who makes accounts makes no more at one address by sending each one’s session along', async () => {
  const { perAccount, perAddress } = rateClasses.signUp
  const made = async (rate: RateClass, address: string): Promise<number> => {
    let all = await callOften(deps, { rate, address }, perAddress)
    for (let account = 0; account < 20; account++)
      all += await callOften(deps, { rate, fan: newFan(), address }, perAccount)
    return all
  }
  expect(await made('signUp', '198.51.100.77')).toBe(perAddress)
  // guard off: counted by account alone, each account is worth as many more
  expect(await made('act', '198.51.100.78')).toBe(perAddress + 20 * perAccount)
})

test('what one class used up is not taken from another', async () => {
  const fan = newFan()
  expect(await callOften(deps, { rate: 'password', fan }, 20)).toBe(10)
  expect(await callOften(deps, { rate: 'act', fan }, 20)).toBe(20)
})

test('all addresses of an IPv6 network are one caller; the machine’s own are none', async () => {
  const { perAddress } = rateClasses.signUp
  const rate = 'signUp'
  expect(await callOften(deps, { rate, address: '2001:db8:1:1::1' }, perAddress)).toBe(perAddress)
  expect(await callOften(deps, { rate, address: '2001:db8:1:1:ffff::2' }, 5)).toBe(0)
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '']) {
    expect(await callOften(deps, { rate, address }, perAddress + 5)).toBe(perAddress + 5)
  }
})

test('a network of 48 bits is four callers, however many addresses it has', async () => {
  const { perAddress } = rateClasses.signUp
  const fromEach = async (network: string): Promise<number[]> => {
    const through: number[] = []
    for (let nth = 0; nth < 6; nth++) {
      const address = `${network}:${nth}::1`
      through.push(await callOften(deps, { rate: 'signUp', address }, perAddress))
    }
    return through
  }
  const all = Array<number>(4).fill(perAddress)
  expect(await fromEach('2001:db8:77')).toEqual([...all, 0, 0])
  expect(await callOften(deps, { rate: 'signUp', address: '2001:db8:78::1' }, 5)).toBe(5)
  // guard off: where nothing is counted beyond an address, as with IPv4, six are six
  const others = Array.from({ length: 6 }, (_, nth) => `203.0.113.${100 + nth}`)
  for (const address of others)
    expect(await callOften(deps, { rate: 'signUp', address }, perAddress)).toBe(perAddress)
})

test('in production this machine is a caller like any: a proxy on it that nobody named is not everybody unlimited', async () => {
  const production = { ...deps, settings: { ...deps.settings, countsOwnAddresses: true } }
  const { perAddress } = rateClasses.signUp
  for (const address of ['127.0.0.1', '::1']) {
    expect(await callOften(production, { rate: 'signUp', address }, perAddress + 20)).toBe(perAddress)
    // guard off: on a machine of one's own, all of them
    expect(await callOften(deps, { rate: 'signUp', address }, perAddress + 20)).toBe(perAddress + 20)
  }
  expect(await callOften(production, { rate: 'signUp', address: '' }, perAddress + 5)).toBe(perAddress + 5)
})

test('two processes count together: each lets its own quarter through unasked, and no more than that is added', async () => {
  const [fan, other] = [newFan(), openProcess(deps)]
  await other.redis.ping()
  const { perAccount } = rateClasses.act
  expect(await callOften(deps, { rate: 'act', fan }, perAccount)).toBe(perAccount)
  const quarter = perAccount / 4
  expect(await callOften(other, { rate: 'act', fan }, perAccount)).toBe(quarter)
})

test('guard off: processes that only count for themselves let everything through once each', async () => {
  const [fan, other] = [newFan(), openProcess(deps)]
  const { perAccount } = rateClasses.act
  expect(await callOften(deps, { rate: 'act', fan }, perAccount)).toBe(perAccount)
  // what the first one counted for all is lost
  await emptyRedis(deps)
  await other.redis.ping()
  expect(await callOften(other, { rate: 'act', fan }, perAccount)).toBe(perAccount)
})

test('a stricter or a laxer server has a factor', async () => {
  const strict = { ...deps, settings: { ...deps.settings, rateLimitFactor: 0.1 } }
  expect(await callOften(strict, { rate: 'pay', fan: newFan() }, 20)).toBe(6)
})

test('with Redis away a process lets a quarter through, at once; with Redis back, all', async () => {
  await redis.kill()
  await expect.poll(() => deps.redis.status).not.toBe('ready')
  expect(await callOften(deps, { rate: 'act', fan: newFan() }, 300)).toBe(75)
  await redis.start()
  await expect.poll(() => deps.redis.status, { timeout: 10_000 }).toBe('ready')
  expect(await callOften(deps, { rate: 'act', fan: newFan() }, 310)).toBe(300)
})
