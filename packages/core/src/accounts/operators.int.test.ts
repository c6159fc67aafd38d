import { randomUUID } from 'node:crypto'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { closeDatabase, openDatabase } from '../platform/database.ts'
import { ownerUrlOf } from '../testing/as-owner.ts'
import { listAudit } from '../testing/list-audit.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  grantOperator,
  listOperators,
  readMe,
  revokeOperator,
  signIn,
  signUp,
  startSessionRevocations,
  verifySession,
} from './index.ts'

const deps = await createTestDeps()
const stop = await startSessionRevocations(deps)
afterAll(stop)

/** Who may change roles, as the command does. */
const owner = { db: openDatabase(ownerUrlOf(deps), 4, { isOwner: true }) }
afterAll(() => closeDatabase(owner.db))

const command = 'a test'
const password = 'a long password'

async function makePerson(): Promise<string> {
  const email = `${randomUUID()}@test.example`
  await signUp(deps, { email, password, name: 'One', locale: 'en' })
  return email
}

async function makeOperator(): Promise<string> {
  const email = await makePerson()
  await grantOperator(owner, { email, command })
  return email
}

const emailsOf = async (): Promise<string[]> => (await listOperators(deps)).map(({ email }) => email)
const roleOf = (token: string) => verifySession(deps, token)?.role

test('the product itself makes nobody an operator: its login may not', async () => {
  const email = await makePerson()
  await expect(grantOperator(deps, { email, command })).rejects.toMatchObject({ code: '42501' })
  expect(await emailsOf()).not.toContain(email)
})

test('whoever is made an operator is one from the next sign-in; a session that was open stays a fan’s', async () => {
  const email = await makePerson()
  const before = await signIn(deps, { email, password })
  expect(await grantOperator(owner, { email, command })).toMatchObject({
    account: { email, role: 'operator' },
    isNew: true,
  })
  expect(await grantOperator(owner, { email: email.toUpperCase(), command })).toMatchObject({ isNew: false })
  const after = await signIn(deps, { email, password })
  expect([roleOf(before.token), roleOf(after.token)]).toEqual(['fan', 'operator'])
  expect(after.account.role).toBe('operator')
  expect(await listAudit(deps, { target: `account ${after.account.accountId}` })).toMatchObject([
    {
      command,
      actorEmail: null,
      action: 'operator.grant',
      before: { role: 'fan' },
      after: { role: 'operator' },
    },
  ])
})

test('whoever is revoked has no session left in any process, and signs in as a fan; others go on', async () => {
  const other = openProcess(deps)
  onTestFinished(await startSessionRevocations(other))
  const [email, staying] = [await makeOperator(), await makeOperator()]
  const [mine, theirs] = [
    await signIn(deps, { email, password }),
    await signIn(deps, { email: staying, password }),
  ]
  expect(verifySession(other, mine.token)?.role).toBe('operator')
  // one of before the grant, and this one
  expect(await revokeOperator(owner, { email, command })).toMatchObject({
    account: { role: 'fan' },
    wasOperator: true,
    sessionsEnded: 2,
  })
  await expect
    .poll(() => [deps, other].map((each) => verifySession(each, mine.token)))
    .toEqual([undefined, undefined])
  expect(roleOf(theirs.token)).toBe('operator')
  const again = await signIn(deps, { email, password })
  expect(roleOf(again.token)).toBe('fan')
  expect(await revokeOperator(owner, { email, command })).toMatchObject({
    wasOperator: false,
    sessionsEnded: 0,
  })
  expect(roleOf(again.token)).toBe('fan')
  const { accountId } = again.account
  expect(await readMe(deps, accountId)).toMatchObject({ role: 'fan' })
  expect((await listAudit(deps, { target: `account ${accountId}` })).map(({ action }) => action)).toEqual([
    'operator.revoke',
    'operator.grant',
  ])
})

/** So many operators and no more, whoever were some before; their e-mails. */
async function leaveOperators(count: number): Promise<string[]> {
  const newest = [await makeOperator()]
  while (newest.length < count) newest.push(await makeOperator())
  for (const email of await emailsOf())
    if (!newest.includes(email)) await revokeOperator(owner, { email, command })
  return newest
}

/** Resolves once so many connections to this test's database wait for a lock. */
async function untilWaiting(connections: number): Promise<void> {
  const countWaiting = async (): Promise<number | undefined> => {
    const { rows } = await owner.db.pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.waiting
  }
  await expect.poll(countWaiting).toBe(connections)
}

test('of two operators who are revoked at once one stays', async () => {
  const both = await leaveOperators(2)
  const holdUp = await deps.db.pool.connect()
  onTestFinished(() => holdUp.release())
  await holdUp.query('begin')
  await holdUp.query('select from sessions for update')
  const revoked = Promise.allSettled(both.map((email) => revokeOperator(owner, { email, command })))
  await untilWaiting(2)
  await holdUp.query('rollback')
  const refused = (await revoked).flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(await emailsOf()).toHaveLength(1)
  expect(refused).toEqual([
    expect.objectContaining({
      code: 'BAD_INPUT',
      details: { faults: [{ path: 'email', message: expect.stringContaining('is the last operator') }] },
    }),
  ])
})

test('the last operator stays one', async () => {
  const [email = ''] = await leaveOperators(1)
  await expect(revokeOperator(owner, { email, command })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect(await emailsOf()).toEqual([email])
})

test('whoever signs in while they are revoked gets no session of an operator', async () => {
  const email = await makeOperator()
  const revocation = await owner.db.pool.connect()
  onTestFinished(() => revocation.release())
  // as `revokeOperator` does: the role is changed and the row locked, and nothing committed yet
  await revocation.query('begin')
  await revocation.query("update accounts set role = 'fan' where email = $1", [email])
  const late = signIn(deps, { email, password })
  await untilWaiting(1)
  await revocation.query('commit')
  const { account, token } = await late
  expect([account.role, roleOf(token)]).toEqual(['fan', 'fan'])
})

test('nobody is found by an e-mail that nobody has', async () => {
  for (const change of [grantOperator, revokeOperator])
    await expect(change(owner, { email: 'nobody@test.example', command })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { what: 'account' },
    })
})
