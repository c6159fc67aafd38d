import { expect, test } from 'vitest'
import { createTestDeps } from '../testing/test-deps.ts'
import { sqlState } from './database.ts'
import { migrate } from './migrate.ts'

const deps = await createTestDeps()

test('migrating a migrated database changes nothing', async () => {
  expect(await migrate(deps.settings.databaseUrl)).toEqual([])
})

test('two migrators at once take turns', async () => {
  const runs = await Promise.all([1, 2].map(() => migrate(deps.settings.databaseUrl)))
  expect(runs).toEqual([[], []])
})

test("the app's role cannot change or remove a ledger row; the owner could", async () => {
  const refused = await deps.db.pool.query('update transfers set amount_minor = 1').catch(sqlState)
  expect(refused).toBe('42501')
  const { rows } = await deps.db.pool.query('select current_user')
  expect(rows).toEqual([{ current_user: 'greenroom_app' }])
})
