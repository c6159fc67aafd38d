import { randomUUID } from 'node:crypto'
import { isDomainError } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { closeDatabase, openDatabase } from '../platform/database.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { signToken } from '../platform/signed-token.ts'
import { scriptWithout } from '../testing/script-without.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { signIn, signUp, startSessionRevocations, verifySession } from './index.ts'
import { markDevice } from './known-device.ts'
import { openAttempt } from './sign-in-attempts.ts'
import { ownAttempts, sharedAttempts } from './sign-in-attempts-store.ts'

const redis = await startPrivateRedis()
afterAll(redis.stop)
const deps = await createTestDeps({ redisUrl: redis.url, rateLimitFactor: 1 })
const stop = await startSessionRevocations(deps)
afterAll(stop)

let networks = 0
/** An address that nobody else in this file has. */
const newAddress = (): string => `198.18.${(networks += 1) >> 8}.${networks & 255}`
const from = (address: string) => ({ address, userAgent: 'a test' })

async function makePerson(
  address = newAddress(),
): Promise<{ email: string; token: string; address: string }> {
  const email = `${randomUUID()}@test.example`
  const { token } = await signUp(deps, {
    email,
    password: 'greenroom',
    name: 'One',
    locale: 'en',
    from: from(address),
  })
  return { email, token, address }
}

/** The code of a refusal, or `in`. */
async function trySignIn(
  email: string,
  address: string,
  password = 'wrong',
  deviceToken?: string,
): Promise<string> {
  try {
    await signIn(deps, { email, password, from: { ...from(address), deviceToken } })
    return 'in'
  } catch (error) {
    if (isDomainError(error, 'WRONG_CREDENTIALS')) return error.code
    if (isDomainError(error, 'RATE_LIMITED')) return error.code
    throw error
  }
}

const times = async (count: number, work: () => Promise<string>): Promise<string[]> => {
  const answers: string[] = []
  for (let time = 0; time < count; time++) answers.push(await work())
  return answers
}

const doorKeys = async (): Promise<string[]> => await deps.redis.keys('sign-in:*')

/** How long the doors of that kind stay shut. */
async function shutMs(kind: 'pair' | 'address' | 'account'): Promise<number[]> {
  const keys = (await doorKeys()).filter((key) => key.startsWith(`sign-in:${kind}:`))
  const untilMs = await Promise.all(keys.map((key) => deps.redis.hget(key, 'shutUntilMs')))
  const nowMs = await redisNowMs(deps)
  return untilMs.map((text) => Number(text) - nowMs).filter((ms) => ms > 0)
}

/** As if so much time had passed that every door is open again, and no more than that. */
async function openDoors(): Promise<void> {
  for (const key of await doorKeys()) await deps.redis.hdel(key, 'shutUntilMs')
}

/** How many of so many attempts at accounts that nobody has get as far as a password, which is not looked at. */
async function tryNobodies(address: string, count: number): Promise<number> {
  let through = 0
  for (let time = 0; time < count; time++) {
    const who = { email: `${randomUUID()}@test.example`, address }
    const attempt = openAttempt(deps, who, () => Promise.resolve(false))
    through += await attempt.then(
      () => 1,
      (error: unknown) => (isDomainError(error, 'RATE_LIMITED') ? 0 : Promise.reject(error)),
    )
  }
  return through
}

test('five wrong passwords are free; then the door shuts, also for the right one, and for longer each time', async () => {
  const { email } = await makePerson()
  const stranger = newAddress()
  expect(await times(5, () => trySignIn(email, stranger))).toEqual(Array(5).fill('WRONG_CREDENTIALS'))
  expect(await trySignIn(email, stranger, 'greenroom')).toBe('RATE_LIMITED')
  const waitsMs: number[] = []
  for (let time = 0; time < 12; time++) {
    waitsMs.push(...(await shutMs('pair')))
    await openDoors()
    expect(await trySignIn(email, stranger)).toBe('WRONG_CREDENTIALS')
  }
  expect(waitsMs.map((ms) => Math.ceil(ms / 1_000))).toEqual([
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900,
  ])
  await openDoors()
})

test('the right password makes up for the wrong ones before it', async () => {
  const { email } = await makePerson()
  const address = newAddress()
  for (let round = 0; round < 3; round++) {
    expect(await times(4, () => trySignIn(email, address))).not.toContain('RATE_LIMITED')
    expect(await trySignIn(email, address, 'greenroom')).toBe('in')
  }
})

test('an account that is guessed at from everywhere stays open to its owner, and no session ends', async () => {
  const { email, token, address } = await makePerson()
  const answers = await times(50, () => trySignIn(email, newAddress()))
  expect(new Set(answers)).toEqual(new Set(['WRONG_CREDENTIALS']))
  expect(await trySignIn(email, newAddress(), 'greenroom')).toBe('RATE_LIMITED')
  expect(verifySession(deps, token)).toBeDefined()
  expect(await trySignIn(email, address, 'greenroom')).toBe('in')
  // who is on a new device waits a minute at most
  const [ofAccountMs = Infinity] = await shutMs('account')
  expect(ofAccountMs).toBeLessThanOrEqual(60_000)
  await openDoors()
})

test('who guesses from the owner’s own network does not shut out a device that the owner signed in on', async () => {
  const { email, address } = await makePerson()
  const device = markDevice(deps, { email, earlier: undefined })
  for (let time = 0; time < 15; time++) {
    await trySignIn(email, address)
    await openDoors()
  }
  // the door of that network, and with many accounts that of the address, are shut for 15 minutes
  await tryNobodies(address, 100)
  await trySignIn(email, address)
  expect(await trySignIn(email, address, 'greenroom')).toBe('RATE_LIMITED')
  expect(await trySignIn(email, address, 'greenroom', device)).toBe('in')
  // guard off: without it, with one of another account or one that was made up the owner waits with the guesser
  const others = [
    undefined,
    markDevice(deps, { email: 'another@test.example', earlier: undefined }),
    `${device}x`,
    signToken(deps.keys.session, { dev: 'made-up', who: ['x'], exp: 2 ** 45 }),
  ]
  for (const other of others) expect(await trySignIn(email, address, 'greenroom', other)).toBe('RATE_LIMITED')
  await openDoors()
})

test('a known device has five guesses, as an address has, and its door is its own', async () => {
  const { email } = await makePerson()
  const [address, device] = [newAddress(), markDevice(deps, { email, earlier: undefined })]
  const guess = () => trySignIn(email, address, 'wrong', device)
  expect(await times(5, guess)).toEqual(Array(5).fill('WRONG_CREDENTIALS'))
  expect(await trySignIn(email, newAddress(), 'greenroom', device)).toBe('RATE_LIMITED')
  expect(await trySignIn(email, address, 'greenroom')).toBe('in')
  await openDoors()
})

test('an address that tries many accounts is shut, and others sign in', async () => {
  const { email } = await makePerson()
  const guesser = newAddress()
  const tryNobody = () => trySignIn(`${randomUUID()}@test.example`, guesser)
  expect(await times(100, tryNobody)).not.toContain('RATE_LIMITED')
  expect(await tryNobody()).toBe('RATE_LIMITED')
  expect(await trySignIn(email, guesser, 'greenroom')).toBe('RATE_LIMITED')
  expect(await trySignIn(email, newAddress(), 'greenroom')).toBe('in')
  await openDoors()
})

test('a network of 48 bits that tries many accounts is shut after four addresses’ attempts', async () => {
  const door = 'sign-in:address:2001:db8:5::/48'
  const isShut = async (): Promise<boolean> => (await deps.redis.hexists(door, 'shutUntilMs')) === 1
  for (const nth of [0, 1, 2, 3]) {
    expect(await isShut()).toBe(false)
    expect(await tryNobodies(`2001:db8:5:${nth}::1`, 100)).toBe(100)
  }
  expect(await isShut()).toBe(true)
  // for a second; for longer, so that a slow machine sees it too
  await deps.redis.hset(door, 'shutUntilMs', (await redisNowMs(deps)) + 60_000)
  expect(await tryNobodies('2001:db8:5:9::1', 3)).toBe(0)
  // guard off: of another network each address has its own
  expect(await tryNobodies('2001:db8:6:9::1', 3)).toBe(3)
  await openDoors()
})

test('of a hundred guesses at the same moment as many get through as one after the other: five', async () => {
  const { email } = await makePerson()
  const stranger = newAddress()
  const answers = await Promise.all(Array.from({ length: 100 }, () => trySignIn(email, stranger)))
  expect(answers.filter((answer) => answer === 'WRONG_CREDENTIALS')).toHaveLength(5)
  expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(95)
  // and those that were refused made nobody wait longer
  const [waitMs = Infinity] = await shutMs('pair')
  expect(waitMs).toBeLessThanOrEqual(1_000)
  await openDoors()
})

test('of a hundred guesses from everywhere at the same moment fifty get through', async () => {
  const door = { key: 'account:of one', free: 50, growsEvery: 10, longestSec: 60 }
  const found = await Promise.all(Array.from({ length: 100 }, () => sharedAttempts(deps).take(door)))
  expect(found.filter((each) => 'door' in each)).toHaveLength(50)
})

test('guard off: where looking and counting are two steps all hundred get through', async () => {
  const looks = { 'if shutMs > 0 then return { shutMs, 0 } end': '' }
  const count = scriptWithout(new URL('./lua/take-attempt.lua', import.meta.url), looks)
  const replies = await Promise.all(
    Array.from({ length: 100 }, () => count(deps.redis, ['sign-in:two steps'], [5, 1, 900, 3_600_000])),
  )
  expect(replies.filter((reply) => Array.isArray(reply) && reply[0] === 0)).toHaveLength(100)
})

test('an attempt whose password nobody looked at is none, and leaves nothing in Redis', async () => {
  const db = openDatabase('postgres://nobody@127.0.0.1:1/none', 1)
  onTestFinished(() => closeDatabase(db))
  const broken = { ...deps, db }
  await emptyRedis(deps)
  const person = { email: 'one@test.example', password: 'greenroom', from: from(newAddress()) }
  for (let time = 0; time < 7; time++)
    await expect(signIn(broken, person)).rejects.not.toMatchObject({ code: 'RATE_LIMITED' })
  expect(await doorKeys()).toEqual([])
  // guard off: what is not given back is there for an hour, and shuts the door
  const isKnown = () => Promise.resolve(false)
  const who = { email: person.email, address: person.from.address }
  for (let time = 0; time < 5; time++) await openAttempt(deps, who, isKnown)
  await expect(openAttempt(deps, who, isKnown)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  expect(await doorKeys()).toHaveLength(3)
  await openDoors()
})

test('while Redis is away a process keeps so many doors, whoever comes', async () => {
  const doors = ownAttempts(3)
  const isOpen = async (key: string) =>
    'door' in (await doors.take({ key, free: 1, growsEvery: 1, longestSec: 900 }))
  for (const key of ['a', 'b', 'c', 'd']) expect(await isOpen(key)).toBe(true)
  for (const key of ['b', 'c', 'd']) expect(await isOpen(key)).toBe(false)
  // forgotten for d
  expect(await isOpen('a')).toBe(true)
})

test.for(['over Redis', 'in a process'] as const)(
  'an attempt that is given back opens the door that it shut, and no other’s: %s',
  async (where) => {
    const counts = where === 'over Redis' ? sharedAttempts(deps) : ownAttempts()
    const door = { key: `account:${randomUUID()}`, free: 2, growsEvery: 1, longestSec: 900 }
    const take = async () => {
      const found = await counts.take(door)
      if (!('door' in found)) throw new Error('the door is shut')
      return found
    }
    const [first, second] = [await take(), await take()]
    expect([first.shutUntilMs, second.shutUntilMs > 0]).toEqual([0, true])
    await counts.giveBack(first)
    expect(await counts.take(door)).toMatchObject({ waitMs: expect.any(Number) })
    await counts.giveBack(second)
    expect((await take()).shutUntilMs).toBe(0)
  },
)

test('no e-mail and no password is kept in Redis', async () => {
  const { email } = await makePerson()
  await trySignIn(email, newAddress(), 'a very secret word')
  const keys = await deps.redis.keys('*')
  const values = await Promise.all(
    keys.map((key) => deps.redis.hgetall(key).catch(() => deps.redis.get(key).catch(() => ''))),
  )
  expect(JSON.stringify([...keys, ...values])).not.toMatch(/@test\.example|a very secret word/)
})

test('guard off: with attempts forgotten a stranger guesses for ever', async () => {
  const { email } = await makePerson()
  const stranger = newAddress()
  const answers = await times(12, async () => {
    await deps.redis.flushdb()
    return await trySignIn(email, stranger)
  })
  expect(new Set(answers)).toEqual(new Set(['WRONG_CREDENTIALS']))
})

test('with Redis away a process is stricter: one guess and not five', async () => {
  const { email } = await makePerson()
  await redis.kill()
  await expect.poll(() => deps.redis.status).not.toBe('ready')
  const stranger = newAddress()
  expect(await times(2, () => trySignIn(email, stranger))).toEqual(['WRONG_CREDENTIALS', 'RATE_LIMITED'])
  expect(await trySignIn(email, newAddress(), 'greenroom')).toBe('in')
  await redis.start()
})
