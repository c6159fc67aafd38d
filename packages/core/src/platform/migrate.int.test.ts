import { expect, test } from 'vitest'
import { asOwner, ownerUrlOf } from '../testing/as-owner.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { sqlState } from './database.ts'
import { migrate } from './migrate.ts'

const deps = await createTestDeps()
const urls = { ownerUrl: ownerUrlOf(deps), appUrl: deps.settings.databaseUrl }

test('migrating a migrated database changes nothing', async () => {
  expect(await migrate(urls)).toEqual([])
})

test('two migrators at once take turns', async () => {
  const runs = await Promise.all([1, 2].map(() => migrate(urls)))
  expect(runs).toEqual([[], []])
})

test("the app's role removes nothing but what was published and old checks, and changes no ledger row", async () => {
  const { rows } = await deps.db.pool.query(
    `select table_name, privilege_type from information_schema.table_privileges
     where grantee = current_user and privilege_type in ('DELETE', 'TRUNCATE')
     order by table_name`,
  )
  expect(rows).toEqual([
    { table_name: 'invariant_checks', privilege_type: 'DELETE' },
    { table_name: 'outbox', privilege_type: 'DELETE' },
  ])
  const fixed = [
    'transfers',
    'payments',
    'spent_passes',
    'audit_entries',
    'cancellations',
    'show_moves',
    'removed_shows',
  ]
  const updates = await deps.db.pool.query(
    'select table_name from information_schema.table_privileges where privilege_type = $1 and table_name = any($2)',
    ['UPDATE', fixed],
  )
  expect(updates.rows).toEqual([])
  const refused = await deps.db.pool.query('update transfers set amount_minor = 1').catch(sqlState)
  expect(refused).toBe('42501')
})

test('guard off: the owner of the tables could', async () => {
  const updated = asOwner(deps, (tx) => tx.query('update transfers set amount_minor = 1'))
  expect(await updated).toMatchObject({ rowCount: 0 })
})

test('a table of a later migration is open to the app as well', async () => {
  await asOwner(deps, (tx) =>
    tx.query('create table later (id bigint generated always as identity, text text)'),
  )
  const { rows } = await deps.db.pool.query("insert into later (text) values ('new') returning id")
  expect(rows).toEqual([{ id: 1 }])
})
