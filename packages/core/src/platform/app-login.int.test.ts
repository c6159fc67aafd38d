import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { asOwner, ownerUrlOf } from '../testing/as-owner.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { makeAppLogin } from './app-login.ts'
import { closeDatabase, openDatabase, sqlState, type Tx } from './database.ts'

const deps = await createTestDeps()
const ownerUrl = ownerUrlOf(deps)
const owner = new URL(ownerUrl).username
const { databaseUrl } = deps.settings

const notAllowed = '42501'
const changeLedger = 'update transfers set amount_minor = amount_minor'

/** Of a connection that says nothing but who it is: what the product's own settings would add is left out. */
async function openPlain(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

test.for([
  changeLedger,
  'delete from transfers',
  'truncate transfers',
  'alter table transfers disable trigger all',
  'alter table transfers drop constraint transfers_amount_minor_check',
  'alter table transfers owner to greenroom_app',
  'alter table invariant_checks disable row level security',
  'drop policy old_checks_go on invariant_checks',
  'drop table transfers cascade',
  'create table planted (id int)',
  'create temporary table wallets (id int)',
  'create schema planted',
  'create function planted() returns int language sql as $$ select 1 $$',
  'create role planted',
  'create database planted',
  `set role "${owner}"`,
  `set session authorization "${owner}"`,
  `grant "${owner}" to greenroom_app`,
  'alter role greenroom_app createrole',
  'set session_replication_role = replica',
  "copy (select 1) to program 'true'",
  "select pg_read_file('/etc/passwd')",
])('the login of the processes may not: %s', async (statement) => {
  const client = await openPlain(databaseUrl)
  expect(await client.query(statement).catch(sqlState)).toBe(notAllowed)
})

test('of rights over the ledger it has none to give, not even to itself', async () => {
  const client = await openPlain(databaseUrl)
  await client.query('grant update on transfers to greenroom_app')
  expect(await client.query(changeLedger).catch(sqlState)).toBe(notAllowed)
})

test.for(['reset role', 'set role none', 'reset session authorization', 'discard all'])(
  'a connection of the product that says %s is what it was',
  async (statement) => {
    const client = await deps.db.pool.connect()
    onTestFinished(() => client.release(true))
    await client.query(statement)
    const { rows } = await client.query('select current_user as now, session_user as ever')
    expect(rows).toEqual([{ now: 'greenroom_app', ever: 'greenroom_app' }])
    expect(await client.query(changeLedger).catch(sqlState)).toBe(notAllowed)
  },
)

test('guard off: a connection of the owner that only plays the app’s role is one statement away from the ledger', async () => {
  const db = openDatabase(ownerUrl, 1)
  onTestFinished(() => closeDatabase(db))
  expect(await db.pool.query(changeLedger).catch(sqlState)).toBe(notAllowed)
  await db.pool.query('set role none')
  expect(await db.pool.query(changeLedger)).toMatchObject({ command: 'UPDATE' })
  expect(await db.pool.query('alter table transfers disable trigger user')).toMatchObject({
    command: 'ALTER',
  })
})

/** A login of this test's own; roles belong to the whole server, so it goes when the test ends. */
async function nameLogin(password: string): Promise<string> {
  const name = `login_${randomBytes(6).toString('hex')}`
  onTestFinished(async () => {
    await asOwner(deps, (tx) => tx.query(`drop role if exists ${name}`))
  })
  return withLogin(name, password)
}

function withLogin(name: string, password: string): string {
  const url = new URL(databaseUrl)
  return Object.assign(url, { username: name, password }).href
}

test('migrating makes the login that is named, gives it a new password when it has one, and changes nothing again', async () => {
  const first = await nameLogin('the first')
  await makeAppLogin({ ownerUrl, appUrl: first })
  await makeAppLogin({ ownerUrl, appUrl: first })
  const client = await openPlain(first)
  expect(await client.query('select count(*)::int as count from transfers')).toMatchObject({ rowCount: 1 })
  expect(await client.query(changeLedger).catch(sqlState)).toBe(notAllowed)
  const second = withLogin(new URL(first).username, 'the second; ’ quoted')
  await makeAppLogin({ ownerUrl, appUrl: second })
  await openPlain(second)
  await expect(new pg.Client(first).connect()).rejects.toMatchObject({ code: '28P01' })
})

test('the owner is no login for the processes', async () => {
  await expect(makeAppLogin({ ownerUrl, appUrl: ownerUrl })).rejects.toThrow(
    `DATABASE_URL and DATABASE_OWNER_URL both log in as ${owner}`,
  )
})

/** A login that is as it should be, until the owner gives it something. */
async function loginWith(give: (tx: Tx, login: string) => Promise<unknown>): Promise<string> {
  const appUrl = await nameLogin('a password')
  await makeAppLogin({ ownerUrl, appUrl })
  await asOwner(deps, (tx) => give(tx, new URL(appUrl).username))
  return appUrl
}

/** How migrating refuses a login that has so much too much. */
function refusalOf(appUrl: string, says: string): RegExp {
  const { username } = new URL(appUrl)
  return new RegExp(`logs in as ${username}, which may do more than the processes need: .*${says}`)
}

test('nor is one that may make databases', async () => {
  const appUrl = await loginWith((tx, login) => tx.query(`alter role ${login} createdb`))
  await expect(makeAppLogin({ ownerUrl, appUrl })).rejects.toThrow(refusalOf(appUrl, 'createdb'))
})

test('nor is one that is a member of another role', async () => {
  const other = new URL(await nameLogin('unused')).username
  const appUrl = await loginWith((tx, login) => tx.query(`create role ${other}; grant ${other} to ${login}`))
  await expect(makeAppLogin({ ownerUrl, appUrl })).rejects.toThrow(refusalOf(appUrl, 'member of login_'))
})

test('nor is one that owns something', async () => {
  const appUrl = await loginWith((tx, login) =>
    tx.query(
      `create schema planted; create table planted.one (); grant create on schema planted to ${login};
       grant ${login} to current_user; alter table planted.one owner to ${login}`,
    ),
  )
  // before the login goes, which would be refused as long as it owns something
  onTestFinished(async () => {
    await asOwner(deps, (tx) => tx.query('drop schema planted cascade'))
  })
  await expect(makeAppLogin({ ownerUrl, appUrl })).rejects.toThrow(refusalOf(appUrl, 'owner of 1 objects'))
})

test('migrating takes temporary tables away from a copy of a database, which gives them to everybody', async () => {
  const { pathname } = new URL(databaseUrl)
  const makeTable = 'create temporary table wallets (id int)'
  await asOwner(deps, (tx) => tx.query(`grant temporary on database ${pathname.slice(1)} to public`))
  const before = await openPlain(databaseUrl)
  expect(await before.query(makeTable)).toMatchObject({ command: 'CREATE' })
  // what the login owns would be refused by itself
  await before.query('drop table pg_temp.wallets')
  await makeAppLogin({ ownerUrl, appUrl: databaseUrl })
  const after = await openPlain(databaseUrl)
  expect(await after.query(makeTable).catch(sqlState)).toBe(notAllowed)
})
