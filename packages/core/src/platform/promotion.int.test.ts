import {
  createTestDatabase,
  type PrivatePostgres,
  type Replica,
  startPrivatePostgres,
  startReplica,
} from '@greenroom/stack'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { type Database, openDatabase } from './database.ts'
import { closeDeps, type Deps, openDeps } from './deps.ts'

const { settings } = await createTestDeps()

type Pair = { primary: PrivatePostgres; replica: Replica; deps: Deps; pathname: string }

async function startPair(isConfirming: boolean): Promise<Pair> {
  const primary = await startPrivatePostgres()
  const database = await createTestDatabase(primary.url)
  const replica = await startReplica(primary, isConfirming ? { isConfirming: 'on' } : {})
  const deps = openDeps({ ...settings, databaseUrl: database.url }, 'test')
  onTestFinished(async () => {
    await primary.kill()
    await closeDeps(deps)
    await Promise.all([primary.stop(), replica.stop()])
  })
  return { primary, replica, deps, pathname: new URL(database.url).pathname }
}

async function onServer(url: string, ...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  for (const each of statements) await admin.query(each)
  await admin.end()
}

/** The replica hears no more of its primary. */
async function cutOff({ primary, replica }: Pair): Promise<void> {
  await onServer(replica.adminUrl, `alter system set primary_conninfo = ''`, 'select pg_reload_conf()')
  const admin = new pg.Client({ connectionString: primary.adminUrl })
  await admin.connect()
  await expect
    .poll(async () => (await admin.query('select 1 from pg_stat_replication')).rowCount, { timeout: 10_000 })
    .toBe(0)
  await admin.end()
}

/** Kills the one that writes and lets the other one. */
async function promote({ primary, replica, pathname }: Pair): Promise<Database> {
  await primary.kill()
  await replica.promote()
  const db = openDatabase(Object.assign(new URL(replica.url), { pathname }).href, 2)
  onTestFinished(() => db.pool.end())
  return db
}

async function countWaiting({ adminUrl }: PrivatePostgres): Promise<number | null> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  const { rowCount } = await admin.query(`select 1 from pg_stat_activity where wait_event = 'SyncRep'`)
  await admin.end()
  return rowCount
}

const countFans = async (db: Database): Promise<number> =>
  (await db.pool.query<{ count: number }>('select count(*)::integer as count from accounts')).rows[0]
    ?.count ?? 0

test('a confirming replica: what was acknowledged is there after a promotion, and what is not there was not', async () => {
  const pair = await startPair(true)
  await makeFan(pair.deps)
  await cutOff(pair)
  const unheard = makeFan(pair.deps).then(
    () => 'acknowledged',
    () => 'no answer',
  )
  // it has been written on the primary, and waits for the replica to say so
  await expect.poll(() => countWaiting(pair.primary), { timeout: 10_000 }).toBe(1)
  const db = await promote(pair)
  expect(await unheard).toBe('no answer')
  expect(await countFans(db)).toBe(1)
})

test('without the confirmation a fan is told that they are in, and is not there after the promotion', async () => {
  const pair = await startPair(false)
  await makeFan(pair.deps)
  await cutOff(pair)
  await makeFan(pair.deps)
  expect(await countFans(pair.deps.db)).toBe(2)
  expect(await countFans(await promote(pair))).toBe(1)
})
