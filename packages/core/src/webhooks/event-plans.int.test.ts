import { webhookExamples } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from '../testing/as-owner.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { numberAndFanOutText } from './event-store.ts'
import { feedDataPlatform, recordEvents, relayEvents } from './index.ts'

const eventCount = 2_000
/** Enough for Postgres to keep a plan for a statement with a name. */
const callsBefore = 8

/** Postgres has looked at the table, and knows that it is empty. */
async function depsBeforeTheFirstEvent(): Promise<Deps> {
  const deps = await createTestDeps()
  await asOwner(deps, (tx) => tx.query('analyze events'))
  return deps
}

/** How many entries of indexes and rows of the table everybody has read of the events so far. */
async function readsOfEvents(deps: Deps): Promise<number> {
  await deps.db.pool.query('select pg_stat_force_next_flush()')
  const { rows } = await deps.db.pool.query<{ reads: number }>(
    `select (seq_tup_read + idx_tup_fetch
       + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'events'))::float8 as reads
     from pg_stat_user_tables where relname = 'events'`,
  )
  return rows[0]?.reads ?? 0
}

async function tellMany(deps: Deps): Promise<void> {
  const events = Array.from({ length: eventCount }, () => webhookExamples['reservation.expired'])
  await inTransaction(deps.db, (tx) => recordEvents(tx, events))
}

test('processes that began before the first event number and send thousands by reading each a few times', async () => {
  const deps = await depsBeforeTheFirstEvent()
  for (let call = 0; call < callsBefore; call++) {
    await relayEvents(deps)
    await feedDataPlatform(deps)
  }
  await tellMany(deps)
  const before = await readsOfEvents(deps)
  expect(await relayEvents(deps)).toBe(eventCount)
  expect(await feedDataPlatform(deps)).toBe(eventCount)
  expect((await readsOfEvents(deps)) - before).toBeLessThan(20 * eventCount)
})

test('control: with a plan that was made before the first event, each is looked for among all', async () => {
  const deps = await depsBeforeTheFirstEvent()
  const number = async (): Promise<void> => {
    await deps.db.pool.query({ name: 'numbered-with-a-kept-plan', text: numberAndFanOutText, values: [500] })
  }
  for (let call = 0; call < callsBefore; call++) await number()
  await tellMany(deps)
  const before = await readsOfEvents(deps)
  await number()
  expect((await readsOfEvents(deps)) - before).toBeGreaterThan(100 * eventCount)
})
