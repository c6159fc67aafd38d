import { listAudit } from '../testing/list-audit.ts'
import { accountId, DomainError, signUpInput } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { closeDeps, openDeps } from '../platform/deps.ts'
import { setRole } from '../testing/set-role.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  changePassword,
  readFan,
  readMe,
  recordAudit,
  type Session,
  signIn,
  signOut,
  signUp,
  startSessionRevocations,
  updateMe,
  verifySession,
} from './index.ts'
import { signSession } from './session.ts'

const deps = await createTestDeps()
await startSessionRevocations(deps)
let people = 0

function person(): { email: string; password: string; name: string; locale: 'ko' } {
  people += 1
  return {
    email: `person${people}@test.example`,
    password: 'greenroom',
    name: `Person ${people}`,
    locale: 'ko',
  }
}

function sessionOf(token: string): Session {
  const session = verifySession(deps, token)
  if (session === undefined) throw new Error('the token opened no session')
  return session
}

test('signing up makes a fan with an empty wallet, signed in', async () => {
  const { account, token } = await signUp(deps, person())
  expect(account).toMatchObject({ role: 'fan', locale: 'ko' })
  expect(sessionOf(token)).toMatchObject({ accountId: account.accountId, role: 'fan' })
  expect(await readMe(deps, account.accountId)).toEqual(account)
  const { rows } = await deps.db.pool.query('select balance_minor from wallets where account_id = $1', [
    account.accountId,
  ])
  expect(rows).toEqual([{ balance_minor: 0 }])
})

test('a fan is found by id; an operator is none, nor is nobody', async () => {
  const { account } = await signUp(deps, person())
  expect(await readFan(deps, account.accountId)).toEqual(account)
  await setRole(deps, account.email, 'operator')
  for (const id of [account.accountId, accountId.parse(Number.MAX_SAFE_INTEGER)]) {
    await expect(readFan(deps, id)).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'account' } })
  }
})

test('ten sign-ups with one e-mail at once: one account, nine refusals, one wallet', async () => {
  const input = person()
  const replies = await Promise.allSettled(Array.from({ length: 10 }, () => signUp(deps, input)))
  const refusals = replies.flatMap((reply) => (reply.status === 'rejected' ? [reply.reason.code] : []))
  expect(refusals).toEqual(Array.from({ length: 9 }, () => 'EMAIL_TAKEN'))
  const { rows } = await deps.db.pool.query(
    'select wallets.id from wallets join accounts on accounts.id = account_id where email = $1',
    [input.email],
  )
  expect(rows).toHaveLength(1)
})

test('an e-mail is the same in capitals', async () => {
  const input = person()
  await signUp(deps, input)
  const shouted = signUpInput.parse({ ...input, email: input.email.toUpperCase() })
  await expect(signUp(deps, shouted)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' })
})

test('a wrong password and an unknown e-mail are refused in the same words', async () => {
  const { email, password } = person()
  await signUp(deps, { ...person(), email, password })
  const wrong = await signIn(deps, { email, password: 'wrong' }).catch((error: unknown) => error)
  const unknown = await signIn(deps, { email: 'nobody@test.example', password }).catch(
    (error: unknown) => error,
  )
  expect(wrong).toBeInstanceOf(DomainError)
  expect(unknown).toEqual(wrong)
  expect(wrong).toMatchObject({ code: 'WRONG_CREDENTIALS' })
})

test('signing out ends that session and no other', async () => {
  const input = person()
  const first = await signUp(deps, input)
  const second = await signIn(deps, input)
  await signOut(deps, sessionOf(first.token))
  expect(verifySession(deps, first.token)).toBeUndefined()
  expect(sessionOf(second.token).accountId).toBe(first.account.accountId)
})

test('a session signed out in one process is refused by another, running or started later', async () => {
  const { token } = await signUp(deps, person())
  const other = openDeps(deps.settings, 'other')
  const stopOther = await startSessionRevocations(other)
  expect(verifySession(other, token)).toBeDefined()
  await signOut(deps, sessionOf(token))
  await expect.poll(() => verifySession(other, token)).toBeUndefined()
  stopOther()
  await closeDeps(other)
  const later = openDeps(deps.settings, 'later')
  const stopLater = await startSessionRevocations(later)
  expect(verifySession(later, token)).toBeUndefined()
  stopLater()
  await closeDeps(later)
})

test('guard off: a process that never reads revocations does not answer at all', async () => {
  const { token } = await signUp(deps, person())
  const other = openDeps(deps.settings, 'other')
  expect(() => verifySession(other, token)).toThrow('startSessionRevocations')
  await closeDeps(other)
})

test('a token of another kind, changed, or expired opens nothing', async () => {
  const { account, token } = await signUp(deps, person())
  const session = { sessionId: 1_000_000, expiresAtMs: 1 }
  const [head, body, mac] = token.split('.')
  expect(verifySession(deps, signSession(deps.keys.session, account, session))).toBeUndefined()
  expect(
    verifySession(deps, signSession(deps.keys.pass, account, { ...session, expiresAtMs: 9e15 })),
  ).toBeUndefined()
  expect(verifySession(deps, `${head}.${body}x.${mac}`)).toBeUndefined()
  expect(verifySession(deps, '')).toBeUndefined()
  expect(
    verifySession(deps, signSession(deps.keys.session, account, { ...session, expiresAtMs: 9e15 })),
  ).toBeDefined()
})

test("a changed locale is the account's from then on", async () => {
  const { account } = await signUp(deps, person())
  expect(await updateMe(deps, { accountId: account.accountId, locale: 'en' })).toEqual({
    ...account,
    locale: 'en',
  })
  expect((await readMe(deps, account.accountId)).locale).toBe('en')
})

test("a changed name is the account's, and the locale stays", async () => {
  const { account } = await signUp(deps, person())
  const { accountId: id } = account
  expect(await updateMe(deps, { accountId: id, name: 'Mina' })).toEqual({ ...account, name: 'Mina' })
  expect(await updateMe(deps, { accountId: id })).toEqual({ ...account, name: 'Mina' })
})

test('a new password ends all other sessions and the old password, and this session goes on', async () => {
  const input = person()
  const { account, token } = await signUp(deps, input)
  const other = await signIn(deps, input)
  const stranger = await signUp(deps, person())
  await changePassword(deps, {
    ...sessionOf(token),
    currentPassword: input.password,
    newPassword: 'a new password',
  })
  expect(verifySession(deps, token)).toBeDefined()
  expect(verifySession(deps, stranger.token)).toBeDefined()
  expect(verifySession(deps, other.token)).toBeUndefined()
  await expect(signIn(deps, input)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
  const again = await signIn(deps, { ...input, password: 'a new password' })
  expect(again.account).toEqual(account)
})

test('who does not know the password changes nothing; of two changes at once one is refused', async () => {
  const input = person()
  const { token } = await signUp(deps, input)
  const change = (currentPassword: string, newPassword: string): Promise<void> =>
    changePassword(deps, { ...sessionOf(token), currentPassword, newPassword })
  await expect(change('wrong', 'password one')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
  await signIn(deps, input)
  const both = await Promise.allSettled([
    change(input.password, 'password one'),
    change(input.password, 'password two'),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('who signs in with the old password while it changes gets no session that outlives it', async () => {
  const input = person()
  const { account } = await signUp(deps, input)
  const change = await deps.db.pool.connect()
  try {
    // as `changePassword` does: the row is changed and locked, and not committed yet
    await change.query('begin')
    await change.query("update accounts set password_hash = 'another' where id = $1", [account.accountId])
    const late = signIn(deps, input).catch((error: unknown) => error)
    await expect
      .poll(async () => {
        const { rows } = await deps.db.pool.query<{ waiting: number }>(
          "select count(*)::int as waiting from pg_locks where not granted and locktype = 'transactionid'",
        )
        return rows[0]?.waiting
      })
      .toBeGreaterThan(0)
    await change.query('commit')
    expect(await late).toMatchObject({ code: 'WRONG_CREDENTIALS' })
  } finally {
    change.release()
  }
})

test('an audit entry names who, what and the state before and after, and stays', async () => {
  const { account } = await signUp(deps, person())
  const entry = { actorId: account.accountId, action: 'line.tune', target: 'concert 1' }
  await recordAudit(deps, { ...entry, before: { capacity: 100 }, after: { capacity: 200 } })
  const [newest] = await listAudit(deps)
  expect(newest).toMatchObject({
    actorEmail: account.email,
    action: 'line.tune',
    target: 'concert 1',
    before: { capacity: 100 },
    after: { capacity: 200 },
  })
  await expect(deps.db.pool.query('delete from audit_entries')).rejects.toThrow('permission denied')
})
