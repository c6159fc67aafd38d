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

/** What lives and changes, each change by a rule of its own: every column, or those that are named. */
const changing: Record<string, readonly string[] | 'every'> = {
  // nobody is made an operator
  accounts: ['name', 'password_hash', 'locale'],
  bypass_uses: 'every',
  cancellation_refunds: 'every',
  concerts: 'every',
  data_platform_progress: 'every',
  entered_places: 'every',
  event_relay: 'every',
  fan_seat_counts: 'every',
  line_guards: 'every',
  line_histories: 'every',
  lines: 'every',
  outbox: 'every',
  prices: ['price_minor', 'changed_at'],
  reservations: 'every',
  sale_stops: 'every',
  seat_plan_seats: 'every',
  seat_plans: 'every',
  seats: 'every',
  shows: 'every',
  // a ticket stays its fan's and its seat's
  tickets: ['state', 'used_at', 'used_by'],
  // money stays in its wallet and its currency
  wallets: ['balance_minor'],
  webhook_deliveries: 'every',
  webhook_endpoints: 'every',
}

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
  expect([...Object.keys(insertOnly), ...Object.keys(changing)].toSorted()).toEqual(tables.toSorted())
})

/** Which columns of the table the app's role may change; whatever else it is refused for is told. */
async function changeableOf(table: string): Promise<string[]> {
  const columns = await columnsOf(table)
  const refused = await Promise.all(
    columns.map((column) => refusalOf(`update ${table} set ${column} = ${column} where false`)),
  )
  expect(refused.filter((state) => state !== undefined && state !== notAllowed)).toEqual([])
  return columns.filter((_, n) => refused[n] === undefined).toSorted()
}

test.for(Object.entries(insertOnly))(
  'a row of %s is not changed with the app’s role, but for what is named',
  async ([table, may]) => {
    expect(await changeableOf(table)).toEqual([...may].toSorted())
  },
)

test.for(Object.entries(changing))('of a row of %s the app’s role changes %s', async ([table, may]) => {
  const expected = may === 'every' ? await columnsOf(table) : may
  expect(await changeableOf(table)).toEqual([...expected].toSorted())
})

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

test('a role, a wallet’s currency, a ticket’s fan and what a price is for are not changed', async () => {
  for (const change of [
    'accounts set role',
    'wallets set currency',
    'tickets set fan_id',
    'prices set concert_id',
  ])
    expect(await refusalOf(`update ${change} = default where false`)).toBe(notAllowed)
})

test('guard off: the owner of the tables makes operators, which the app’s role may not', async () => {
  const promote = "update accounts set role = 'operator' where false"
  expect(await refusalOf(promote)).toBe(notAllowed)
  expect(await asOwner(deps, (tx) => tx.query(promote))).toMatchObject({ command: 'UPDATE' })
})

test('guard off: the owner of the tables may change a line of the ledger', async () => {
  const change = 'update transfers set amount_minor = amount_minor where false'
  expect(await refusalOf(change)).toBe(notAllowed)
  const { command } = await asOwner(deps, (tx) => tx.query(change))
  expect(command).toBe('UPDATE')
})
