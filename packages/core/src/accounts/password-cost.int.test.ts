import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { changePassword, signIn, signUp, startSessionRevocations, verifySession } from './index.ts'
import { deriveArgon2id } from './argon2id.ts'
import { checkPassword, countHashes } from './password-hash.ts'

/**
 * OWASP Password Storage Cheat Sheet: "Use Argon2id with a minimum configuration of 19 MiB of memory, an iteration count of 2, and 1
 * degree of parallelism." It also asks for a work factor that is raised over time: hashes are made anew when somebody signs in.
 */
const owasp = { memory: 19_456, passes: 2, parallelism: 1 }

const deps = await createTestDeps()
await startSessionRevocations(deps)
const password = 'a long password'
const newcomer = () => ({
  email: `${randomUUID()}@greenroom.example`,
  password,
  name: 'Fan',
  locale: 'en' as const,
})

async function storedOf(email: string): Promise<string> {
  const { rows } = await deps.db.pool.query<{ hash: string }>(
    'select password_hash as hash from accounts where email = $1',
    [email],
  )
  return rows[0]?.hash ?? ''
}

function costOf(stored: string): { memory: number; passes: number; parallelism: number } {
  const [, memory, passes, parallelism] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored) ?? []
  return { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
}

/** Somebody whose hash was made when less was thought to be enough: 4 MiB and one pass. */
async function makeWeakPerson(): Promise<{ email: string; token: string; weak: string }> {
  const person = newcomer()
  const { token } = await signUp(deps, person)
  const nonce = randomBytes(16)
  const cost = { memory: 4_096, passes: 1, parallelism: 1 }
  const tag = await deriveArgon2id({ ...cost, message: password, nonce, tagLength: 32 })
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
  const weak = `$argon2id$v=19$m=4096,t=1,p=1$${text(nonce)}$${text(tag)}`
  await deps.db.pool.query('update accounts set password_hash = $2 where email = $1', [person.email, weak])
  return { email: person.email, token, weak }
}

/** How many passwords were hashed for it. */
async function hashesFor(work: () => Promise<unknown>): Promise<number> {
  const before = countHashes()
  await work()
  return countHashes() - before
}

test('what is stored costs a thief what OWASP asks for, at sign-up and with a new password', async () => {
  const person = newcomer()
  const { account, token } = await signUp(deps, person)
  expect(costOf(await storedOf(person.email))).toEqual(owasp)
  const first = await storedOf(person.email)
  const sessionId = verifySession(deps, token)?.sessionId ?? 0
  await changePassword(deps, {
    accountId: account.accountId,
    sessionId,
    currentPassword: password,
    newPassword: 'another password',
  })
  expect(await storedOf(person.email)).not.toBe(first)
  expect(costOf(await storedOf(person.email))).toEqual(owasp)
})

test('a hash made with less is made anew when its owner signs in, and no session ends', async () => {
  const { email, token, weak } = await makeWeakPerson()
  await expect(signIn(deps, { email, password: 'wrong' })).rejects.toMatchObject({
    code: 'WRONG_CREDENTIALS',
  })
  expect(await storedOf(email)).toBe(weak)
  const { token: second } = await signIn(deps, { email, password })
  const strong = await storedOf(email)
  expect(costOf(strong)).toEqual(owasp)
  expect(await checkPassword(strong, password)).toBe(true)
  expect([token, second].map((each) => verifySession(deps, each) !== undefined)).toEqual([true, true])
  await signIn(deps, { email, password })
  expect(await storedOf(email)).toBe(strong)
})

test('who signs in on five devices at once gets in on all of them, with one strong hash', async () => {
  const { email } = await makeWeakPerson()
  const signedIn = await Promise.all(Array.from({ length: 5 }, () => signIn(deps, { email, password })))
  expect(signedIn.map(({ token }) => verifySession(deps, token) !== undefined)).toEqual(Array(5).fill(true))
  expect(costOf(await storedOf(email))).toEqual(owasp)
})

test('an address that nobody has costs as many hashes as one that somebody has', async () => {
  const person = newcomer()
  await signUp(deps, person)
  const fail = (email: string) => () =>
    expect(signIn(deps, { email, password: 'wrong' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
  expect(await hashesFor(fail(person.email))).toBe(1)
  expect(await hashesFor(fail(`${randomUUID()}@greenroom.example`))).toBe(1)
  expect(await hashesFor(() => signIn(deps, person))).toBe(1)
})
