import type { ShowId } from '@greenroom/contract'
import { createTestDatabase, startPrivatePostgres, startReplica } from '@greenroom/stack'
import pg from 'pg'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { readStock } from '../catalogue/index.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { closeDeps, type Deps, openDeps } from './deps.ts'

const primary = await startPrivatePostgres()
const database = await createTestDatabase(primary.url)
const replica = await startReplica(primary)
const { settings } = await createTestDeps()
afterAll(async () => {
  await Promise.all([primary.stop(), replica.stop()])
})
const { pathname } = new URL(database.url)
const replicaUrl = Object.assign(new URL(replica.url), { pathname }).href

/** Another process, which remembers nothing; resolves when the replica has proven itself to it. */
async function open(maxLagMs: number): Promise<Deps> {
  const databaseReplica = { url: replicaUrl, maxLagMs }
  const deps = openDeps({ ...settings, databaseUrl: database.url, databaseReplica }, 'test')
  onTestFinished(() => closeDeps(deps))
  await expect.poll(() => deps.db.replica?.look(), { timeout: 10_000 }).toBeDefined()
  return deps
}

/** The free seats as a process sees them that has not looked before, and whether it asked the primary. */
async function lookAt(deps: Deps, showId: ShowId): Promise<{ free: number; askedPrimary: boolean }> {
  const asked = vi.spyOn(deps.db.pool, 'query')
  // what was read before is remembered by its connections
  const { stock } = await readStock({ db: { ...deps.db } }, showId)
  const askedPrimary = asked.mock.calls.some(([each]) => Reflect.get(Object(each), 'name') === 'count-stock')
  asked.mockRestore()
  return { free: stock.reduce((sum, { available }) => sum + available, 0), askedPrimary }
}

/** Stops the replica from showing anything new, until the test is over. */
async function holdBack(): Promise<void> {
  const say = async (word: 'pause' | 'resume'): Promise<void> => {
    const admin = new pg.Client({ connectionString: replica.adminUrl })
    await admin.connect()
    await admin.query(`select pg_wal_replay_${word}()`)
    await admin.end()
  }
  await say('pause')
  onTestFinished(() => say('resume'))
}

test('while the replica keeps up the primary is not asked for stock', async () => {
  const deps = await open(1_000)
  const { showId } = await makeShow(deps, { seatCount: 5 })
  await expect.poll(() => lookAt(deps, showId), { timeout: 5_000 }).toEqual({ free: 5, askedPrimary: false })
})

test('one that falls behind is not asked; with no bound fans would be shown what is gone', async () => {
  const deps = await open(300)
  const boundless = await open(60_000)
  const show = await makeShow(deps, { seatCount: 5 })
  await expect.poll(() => lookAt(boundless, show.showId)).toEqual({ free: 5, askedPrimary: false })
  await holdBack()
  await holdInside(deps, await makeFan(deps), show, 0, 1)
  await expect.poll(() => lookAt(deps, show.showId)).toEqual({ free: 3, askedPrimary: true })
  expect(await lookAt(boundless, show.showId)).toEqual({ free: 5, askedPrimary: false })
})

test('how old the answer is at most is told with it', async () => {
  const deps = await open(60_000)
  const show = await makeShow(deps, { seatCount: 5 })
  await expect.poll(() => lookAt(deps, show.showId)).toMatchObject({ askedPrimary: false })
  await holdBack()
  await makeFan(deps)
  await expect.poll(async () => (await deps.db.replica?.look())?.behindMs ?? 0).toBeGreaterThan(300)
  const { asOfMs } = await readStock({ db: { ...deps.db } }, show.showId)
  const { rows } = await deps.db.pool.query<{ nowMs: number }>(
    'select extract(epoch from now())::float8 * 1000 as "nowMs"',
  )
  expect(asOfMs).toBeLessThan((rows[0]?.nowMs ?? 0) - 300)
})

test('a show that has not arrived there yet is found on the primary', async () => {
  const deps = await open(60_000)
  await holdBack()
  const { showId } = await makeShow(deps, { seatCount: 4 })
  expect(await lookAt(deps, showId)).toEqual({ free: 4, askedPrimary: true })
})

test('with the replica dead the primary answers, and with it back it is asked again', async () => {
  const deps = await open(1_000)
  const { showId } = await makeShow(deps, { seatCount: 5 })
  await expect.poll(() => lookAt(deps, showId)).toMatchObject({ askedPrimary: false })
  await replica.kill()
  expect(await lookAt(deps, showId)).toEqual({ free: 5, askedPrimary: true })
  expect(await lookAt(deps, showId)).toEqual({ free: 5, askedPrimary: true })
  await replica.start()
  await expect.poll(() => lookAt(deps, showId), { timeout: 20_000 }).toEqual({ free: 5, askedPrimary: false })
})

test('with the primary dead browsing goes on, and a replica that was promoted is good for both', async () => {
  const deps = await open(1_000)
  const show = await makeShow(deps, { seatCount: 5 })
  await expect.poll(() => lookAt(deps, show.showId)).toMatchObject({ askedPrimary: false })
  const fanId = await makeFan(deps)
  await primary.kill()
  expect(await lookAt(deps, show.showId)).toEqual({ free: 5, askedPrimary: false })
  await expect(holdInside(deps, fanId, show, 0)).rejects.toThrow(/terminated|ECONNREFUSED|shutting down/)
  await replica.promote()
  const promoted = openDeps(
    { ...settings, databaseUrl: replicaUrl, databaseReplica: { url: replicaUrl, maxLagMs: 1_000 } },
    'test',
  )
  onTestFinished(() => closeDeps(promoted))
  await holdInside(promoted, fanId, show, 0)
  await expect.poll(() => promoted.db.replica?.look()).toBeDefined()
  expect(await lookAt(promoted, show.showId)).toEqual({ free: 4, askedPrimary: false })
})
