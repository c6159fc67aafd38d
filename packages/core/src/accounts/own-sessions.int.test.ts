import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Tx } from '../platform/database.ts'
import { changeMeets } from '../testing/blocked-rows.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  endSession,
  listSessions,
  type Session,
  signIn,
  signOutEverywhere,
  signUp,
  startSessionRevocations,
  verifySession,
} from './index.ts'
import { insertSession } from './sessions-store.ts'

const deps = await createTestDeps()
const stop = await startSessionRevocations(deps)
afterAll(stop)

/** A person who is signed in on so many devices. */
async function makePerson(devices: number): Promise<{ tokens: string[]; sessions: Session[] }> {
  const credentials = { email: `${randomUUID()}@test.example`, password: 'greenroom' }
  const at = (n: number) => ({ from: { address: `203.0.113.${n}`, userAgent: `device ${n}` } })
  const tokens = [(await signUp(deps, { ...credentials, name: 'One', locale: 'en', ...at(1) })).token]
  for (let n = 2; n <= devices; n++) tokens.push((await signIn(deps, { ...credentials, ...at(n) })).token)
  return { tokens, sessions: tokens.map(sessionOf) }
}

function sessionOf(token: string | undefined): Session {
  const session = verifySession(deps, token ?? '')
  if (session === undefined) throw new Error('the token opened no session')
  return session
}

const first = <T>(all: readonly T[]): T => {
  const [one] = all
  if (one === undefined) throw new Error('there is none')
  return one
}

test('the list has every device, this one first, and nobody else’s', async () => {
  const { sessions } = await makePerson(3)
  await makePerson(1)
  const list = await listSessions(deps, first(sessions))
  expect(list.map(({ userAgent, isThis }) => [userAgent, isThis])).toEqual([
    ['device 1', true],
    ['device 3', false],
    ['device 2', false],
  ])
  expect(list.every(({ signedInAtMs, expiresAtMs }) => expiresAtMs > signedInAtMs)).toBe(true)
})

test('one device is signed out, the others go on; a repeat finds none', async () => {
  const { tokens, sessions } = await makePerson(2)
  const [here, there] = sessions
  const wish = { accountId: first(sessions).accountId, sessionId: there?.sessionId ?? 0 }
  await endSession(deps, wish)
  expect(verifySession(deps, tokens[1] ?? '')).toBeUndefined()
  expect(verifySession(deps, tokens[0] ?? '')).toEqual(here)
  await expect(endSession(deps, wish)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'session' },
  })
})

test('somebody else’s device is not found, and goes on', async () => {
  const [mine, theirs] = [await makePerson(1), await makePerson(1)]
  const wish = { accountId: first(mine.sessions).accountId, sessionId: first(theirs.sessions).sessionId }
  await expect(endSession(deps, wish)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(verifySession(deps, first(theirs.tokens))).toBeDefined()
})

test('signing out everywhere leaves no session here or in another process, and everybody else’s alone', async () => {
  const other = openProcess(deps)
  const stopOther = await startSessionRevocations(other)
  const [mine, theirs] = [await makePerson(3), await makePerson(1)]
  await signOutEverywhere(deps, first(mine.sessions))
  expect(mine.tokens.map((token) => verifySession(deps, token))).toEqual([undefined, undefined, undefined])
  await expect
    .poll(() => mine.tokens.map((token) => verifySession(other, token)))
    .toEqual([undefined, undefined, undefined])
  expect(verifySession(other, first(theirs.tokens))).toBeDefined()
  await signOutEverywhere(deps, first(mine.sessions))
  stopOther()
})

test('whoever signs in gets a session of their own, whatever token they came with', async () => {
  const { tokens, sessions } = await makePerson(2)
  expect(new Set(tokens).size).toBe(2)
  expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(2)
})

test('what a device says of itself is cut short, and need not be said', async () => {
  const person = {
    email: `${randomUUID()}@test.example`,
    password: 'greenroom',
    name: 'One',
    locale: 'en',
  } as const
  const { token } = await signUp(deps, {
    ...person,
    from: { address: 'x'.repeat(5_000), userAgent: 'y'.repeat(5_000) },
  })
  await signIn(deps, person)
  const list = await listSessions(deps, sessionOf(token))
  expect(list.map(({ userAgent }) => userAgent?.length)).toEqual([300, undefined])
})

describe('an account', () => {
  /** Somebody with 49 sessions, by their table alone: each sign-in hashes a password. */
  async function makeCrowded() {
    const credentials = { email: `${randomUUID()}@test.example`, password: 'greenroom' }
    const { account, token } = await signUp(deps, { ...credentials, name: 'One', locale: 'en' })
    await deps.db.pool.query(
      `insert into sessions (account_id, expires_at) select $1, now() + interval '7 days' from generate_series(1, 48)`,
      [account.accountId],
    )
    return { credentials, accountId: account.accountId, oldest: token }
  }

  const countLive = async (id: number): Promise<number> => {
    const { rows } = await deps.db.pool.query<{ live: number }>(
      'select count(*) as live from sessions where account_id = $1 and revoked_at is null and expires_at > now()',
      [id],
    )
    return rows[0]?.live ?? 0
  }

  test('has 50 sessions at most: the oldest ends as one more begins, here and in other processes, and the list has all', async () => {
    const other = openProcess(deps)
    const stopOther = await startSessionRevocations(other)
    onTestFinished(stopOther)
    const { credentials, accountId, oldest } = await makeCrowded()
    await signIn(deps, credentials)
    expect(verifySession(deps, oldest)).toBeDefined()
    const { token } = await signIn(deps, credentials)
    expect(verifySession(deps, oldest)).toBeUndefined()
    await expect.poll(() => verifySession(other, oldest)).toBeUndefined()
    expect(await countLive(accountId)).toBe(50)
    const list = await listSessions(deps, sessionOf(token))
    expect(list).toHaveLength(50)
    expect(list.filter(({ isThis }) => isThis)).toHaveLength(1)
  })

  test('has no more by signing in ten times at once', async () => {
    const { credentials, accountId } = await makeCrowded()
    const tokens = await Promise.all(Array.from({ length: 10 }, () => signIn(deps, credentials)))
    expect(await countLive(accountId)).toBe(50)
    // the newest are those that go on
    expect(tokens.filter(({ token }) => verifySession(deps, token) === undefined)).toEqual([])
  })

  test('is signed in to by one at a time, so that each sees the sessions of who came before', async () => {
    const { accountId } = await makeCrowded()
    const { rows } = await deps.db.pool.query<{ hash: string }>(
      'select password_hash as hash from accounts where id = $1',
      [accountId],
    )
    const mine = { accountId, passwordHash: first(rows).hash }
    const open = (tx: Tx) => insertSession(tx, mine, { userAgent: null, network: null })
    expect(await changeMeets(deps, open, open)).toBe('waits')
  })

  test('whose sign-in fails keeps the session that would have ended for it', async () => {
    const { credentials, accountId, oldest } = await makeCrowded()
    await signIn(deps, credentials)
    const broken = breakingDeps(deps, { before: 4 })
    await expect(signIn(broken.deps, credentials)).rejects.toBeInstanceOf(Error)
    expect(await countLive(accountId)).toBe(50)
    expect(verifySession(deps, oldest)).toBeDefined()
  })
})
