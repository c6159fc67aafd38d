import { expect, test } from 'vitest'
import { sqlState } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()

/** What is written once and stays: money, proofs, and what was said of them. A list: the columns that may change all the same. */
const insertOnly: Record<string, readonly string[]> = {
  cancellations: ['finished_at', 'looked_at'],
  audit_entries: [],
  bypass_codes: ['uses', 'revoked_at'],
  events: ['position'],
  idempotency_keys: ['reply'],
  invariant_checks: [],
  line_history_gaps: [],
  line_moves: [],
  partner_keys: ['revoked_at', 'last_used_at'],
  payments: [],
  removed_shows: [],
  sale_samples: [],
  sessions: ['revoked_at'],
  show_moves: [],
  spent_passes: [],
  transfers: [],
}

/** What lives and changes: each change is a rule's own business. */
const changing = [
  'accounts',
  'bypass_uses',
  'cancellation_refunds',
  'concerts',
  'data_platform_progress',
  'entered_places',
  'event_relay',
  'fan_seat_counts',
  'line_guards',
  'line_histories',
  'lines',
  'outbox',
  'prices',
  'reservations',
  'sale_stops',
  'seat_plan_seats',
  'seat_plans',
  'seats',
  'shows',
  'tickets',
  'wallets',
  'webhook_deliveries',
  'webhook_endpoints',
]

/** What was published goes; checks go when they are a week old (a policy of their rows says so). */
const removable = ['outbox', 'invariant_checks']

const notAllowed = '42501'

/** SQLSTATE of the refusal; `undefined`: the app's role may do it. Rights are asked before rows are looked for. */
async function refusalOf(text: string): Promise<string | undefined> {
  return await deps.db.pool.query(text).then(() => undefined, sqlState)
}

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await deps.db.pool.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'`,
    [table],
  )
  return rows.map(({ name }) => name)
}

const { rows } = await deps.db.pool.query<{ name: string }>(
  `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
)
const tables = rows.map(({ name }) => name).filter((name) => name !== 'migrations')

test('of every table it is said what the app may do with its rows', () => {
  expect([...Object.keys(insertOnly), ...changing].toSorted()).toEqual(tables.toSorted())
})

test.for(Object.entries(insertOnly))(
  'a row of %s is not changed with the app’s role, but for what is named',
  async ([table, may]) => {
    const columns = await columnsOf(table)
    const refused = await Promise.all(
      columns.map((column) => refusalOf(`update ${table} set ${column} = ${column} where false`)),
    )
    expect(columns.filter((_, n) => refused[n] === undefined).toSorted()).toEqual([...may].toSorted())
    expect(new Set(refused.filter((state) => state !== undefined))).toEqual(new Set([notAllowed]))
  },
)

/** Of which tables the app's role may do it; one after the other, since who may empty a table locks many. */
async function tablesOpenTo(statement: (table: string) => string): Promise<string[]> {
  const open: string[] = []
  for (const table of [...tables, 'migrations'])
    if ((await refusalOf(statement(table))) !== notAllowed) open.push(table)
  return open
}

test('of these tables alone rows are removed: what was published, and checks that are old', async () => {
  const open = await tablesOpenTo((table) => `delete from ${table} where false`)
  expect(open.toSorted()).toEqual(removable.toSorted())
})

test('no table is emptied, altered or dropped', async () => {
  expect(await tablesOpenTo((table) => `alter table ${table} add column planted text`)).toEqual([])
  expect(await tablesOpenTo((table) => `drop table ${table} cascade`)).toEqual([])
  expect(await tablesOpenTo((table) => `truncate ${table} cascade`)).toEqual([])
})

test('what was migrated is not rewritten, and no table is added', async () => {
  expect(await refusalOf('update migrations set name = name where false')).toBe(notAllowed)
  expect(await refusalOf('delete from migrations where false')).toBe(notAllowed)
  expect(await refusalOf('create table planted ()')).toBe(notAllowed)
})

test('guard off: the owner of the tables may change a line of the ledger', async () => {
  const change = 'update transfers set amount_minor = amount_minor where false'
  expect(await refusalOf(change)).toBe(notAllowed)
  const { command } = await asOwner(deps, (tx) => tx.query(change))
  expect(command).toBe('UPDATE')
})
