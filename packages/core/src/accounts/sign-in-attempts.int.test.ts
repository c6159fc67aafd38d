import { randomUUID } from 'node:crypto'
import { isDomainError } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { signIn, signUp, startSessionRevocations, verifySession } from './index.ts'

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
async function trySignIn(email: string, address: string, password = 'wrong'): Promise<string> {
  try {
    await signIn(deps, { email, password, from: from(address) })
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

const shutKeys = async (): Promise<string[]> => await deps.redis.keys('sign-in-shut:*')

/** As if so much time had passed that every door is open again, and no more than that. */
async function openDoors(): Promise<void> {
  const keys = await shutKeys()
  if (keys.length > 0) await deps.redis.del(...keys)
}

test('five wrong passwords are free; then the door shuts, also for the right one, and for longer each time', async () => {
  const { email } = await makePerson()
  const stranger = newAddress()
  expect(await times(5, () => trySignIn(email, stranger))).toEqual(Array(5).fill('WRONG_CREDENTIALS'))
  expect(await trySignIn(email, stranger, 'greenroom')).toBe('RATE_LIMITED')
  const waitsMs: number[] = []
  for (let time = 0; time < 12; time++) {
    const [key = ''] = await shutKeys()
    waitsMs.push(await deps.redis.pttl(key))
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
  const [ofAccount = ''] = (await shutKeys()).filter((key) => key.includes('account:'))
  expect(await deps.redis.pttl(ofAccount)).toBeLessThanOrEqual(60_000)
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

test('a hundred guesses at the same moment are a hundred', async () => {
  const { email } = await makePerson()
  const stranger = newAddress()
  await Promise.all(Array.from({ length: 100 }, () => trySignIn(email, stranger)))
  expect(await trySignIn(email, stranger, 'greenroom')).toBe('RATE_LIMITED')
  const [count] = await deps.redis.keys('sign-in-attempts:pair:*')
  expect(count).toBeDefined()
  await openDoors()
})

test('no e-mail and no password is kept in Redis', async () => {
  const { email } = await makePerson()
  await trySignIn(email, newAddress(), 'a very secret word')
  const keys = await deps.redis.keys('*')
  const values = await Promise.all(keys.map((key) => deps.redis.get(key).catch(() => '')))
  expect([...keys, ...values].join(' ')).not.toMatch(/@test\.example|a very secret word/)
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
