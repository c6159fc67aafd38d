import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  isSessionGood,
  type Session,
  signOut,
  signUp,
  startSessionRevocations,
  verifySession,
  watchSessions,
} from './index.ts'

const deps = await createTestDeps()
const stop = await startSessionRevocations(deps)

async function makeSession(): Promise<Session> {
  const person = {
    email: `${randomUUID()}@test.example`,
    password: 'greenroom',
    name: 'One',
    locale: 'en',
  } as const
  const session = verifySession(deps, (await signUp(deps, person)).token)
  if (session === undefined) throw new Error('no session')
  return session
}

/** All connections but the one aside, until the answer is called or the test is over. */
async function takeAll({ db }: Deps): Promise<() => void> {
  const taken = await Promise.all(Array.from({ length: 10 }, () => db.pool.connect()))
  const giveBack = (): void => {
    for (const connection of taken.splice(0)) connection.release()
  }
  onTestFinished(giveBack)
  return giveBack
}

test('a sign-out is known in another process within a second, and whoever watches sessions looks right then, also while the crowd has every connection', async () => {
  const session = await makeSession()
  const other = openProcess(deps)
  onTestFinished(await startSessionRevocations(other))
  const found: boolean[] = []
  onTestFinished(watchSessions(other, () => found.push(isSessionGood(other, session))))
  await vi.waitFor(() => expect(found).toContain(true))
  await takeAll(other)
  await signOut(deps, session)
  await vi.waitFor(() => expect(found.at(-1)).toBe(false), { timeout: 1_000 })
})

test('guard off: asked for over the connections of the crowd, it is not known before they come back', async () => {
  const session = await makeSession()
  const other = openProcess(deps)
  const shared = { ...other, db: { ...other.db, aside: other.db.pool } }
  onTestFinished(await startSessionRevocations(shared))
  const giveBack = await takeAll(other)
  await signOut(deps, session)
  await expect(
    vi.waitFor(() => expect(isSessionGood(shared, session)).toBe(false), { timeout: 2_000 }),
  ).rejects.toThrow('expected true to be false')
  giveBack()
  await vi.waitFor(() => expect(isSessionGood(shared, session)).toBe(false))
})

test('a process that begins later knows of every session that ended, many to a row', async () => {
  const session = await makeSession()
  await deps.db.pool.query(
    `insert into sessions (account_id, expires_at, revoked_at)
     select $1, now() + interval '7 days', now() from generate_series(1, 25000)`,
    [session.accountId],
  )
  const { rows } = await deps.db.pool.query<{ id: number }>(
    'select id from sessions where revoked_at is not null',
  )
  const later = openProcess(deps)
  onTestFinished(await startSessionRevocations(later))
  const good = rows.filter(({ id }) =>
    isSessionGood(later, { sessionId: id, expiresAtMs: session.expiresAtMs }),
  )
  expect(good).toEqual([])
  expect(isSessionGood(later, session)).toBe(true)
})

test('who stopped asking looks no more', async () => {
  const other = openProcess(deps)
  const stopOther = await startSessionRevocations(other)
  const looks = { count: 0 }
  const stopWatching = watchSessions(other, () => (looks.count += 1))
  await vi.waitFor(() => expect(looks.count).toBeGreaterThan(0))
  stopWatching()
  const before = looks.count
  const next = new Promise((resolve) => {
    onTestFinished(watchSessions(other, () => resolve(undefined)))
  })
  await next
  expect(looks.count).toBe(before)
  stopOther()
  stop()
})
