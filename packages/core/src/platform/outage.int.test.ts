import { createTestDatabase, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { closeDatabase, inTransaction, openDatabase } from './database.ts'
import { outageOf } from './outage.ts'
import { openRedis } from './redis.ts'

const deps = await createTestDeps()
const server = await startPrivatePostgres()
const database = await createTestDatabase(server.url)
const mortal = openDatabase(database.url, 2)
afterAll(async () => {
  await closeDatabase(mortal)
  await server.stop()
})

const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(() => undefined, outageOf)

test('a Postgres that dies under a statement, and one that is gone, are UNAVAILABLE; when it is back so are we', async () => {
  const sleeping = mortal.pool.query('select pg_sleep(60)')
  const viaSequelize = mortal.sequelize.query('select pg_sleep(60)')
  await expect.poll(() => mortal.pool.idleCount + mortal.pool.totalCount).toBe(1)
  const failures = Promise.all([failureOf(sleeping), failureOf(viaSequelize)])
  await server.kill()
  expect(await failures).toMatchObject([{ code: 'UNAVAILABLE' }, { code: 'UNAVAILABLE' }])
  expect(await failureOf(mortal.pool.query('select 1'))).toMatchObject({ code: 'UNAVAILABLE' })
  expect(await failureOf(mortal.sequelize.query('select 1'))).toMatchObject({ code: 'UNAVAILABLE' })
  await server.start()
  expect((await mortal.pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  expect(await mortal.sequelize.query('select 1 as alive')).toMatchObject([[{ alive: 1 }], {}])
})

test('a Redis that dies under a command, is gone or does not answer is UNAVAILABLE; when it is back so are we', async () => {
  const server = await startPrivateRedis()
  onTestFinished(server.stop)
  const redis = openRedis(server.url)
  onTestFinished(() => redis.disconnect())
  expect(await redis.ping()).toBe('PONG')
  const asleep = failureOf(redis.call('CLIENT', 'PAUSE', '60000').then(() => redis.ping()))
  expect(await asleep).toMatchObject({ code: 'UNAVAILABLE' })
  const dying = failureOf(redis.ping())
  await server.kill()
  expect(await dying).toMatchObject({ code: 'UNAVAILABLE' })
  expect(await failureOf(redis.ping())).toMatchObject({ code: 'UNAVAILABLE' })
  await server.start()
  await expect.poll(() => redis.ping().catch(outageOf), { timeout: 10_000 }).toBe('PONG')
})

test('a statement or a lock that takes too long is OVERLOADED', async () => {
  const slow = (text: string) =>
    inTransaction(deps.db, async (tx) => {
      await tx.query("set local statement_timeout = '5ms'; set local lock_timeout = '2ms'")
      await tx.query(text)
    })
  expect(await failureOf(slow('select pg_sleep(10)'))).toMatchObject({ code: 'OVERLOADED' })
  const keeper = await deps.db.pool.connect()
  await keeper.query('begin; select pg_advisory_xact_lock(1)')
  expect(await failureOf(slow('select pg_advisory_xact_lock(1)'))).toMatchObject({ code: 'OVERLOADED' })
  await keeper.query('rollback')
  keeper.release()
})

test('a fault of our own is no outage', async () => {
  expect(outageOf(new Error('a bug'))).toBeUndefined()
  expect(outageOf('text')).toBeUndefined()
  const wrong = (await deps.db.pool.query('select 1 / 0').catch((error: unknown) => error)) as Error
  expect(wrong.message).toBe('division by zero')
  expect(outageOf(wrong)).toBeUndefined()
})
