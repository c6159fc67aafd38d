import { expect, test } from 'vitest'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { listAuditActions, readMe, recordAudit, searchAudit } from './index.ts'

const deps = await createTestDeps()
const [one, other] = [await makeFan(deps), await makeFan(deps)]

const deeds = [
  {
    actorId: one,
    action: 'line.tune',
    target: 'concert 12',
    before: { capacity: 100 },
    after: { capacity: 250 },
  },
  { actorId: one, action: 'line.steer', target: 'concert 1', after: { override: 'paused' } },
  {
    actorId: other,
    action: 'webhook.register',
    target: 'webhook endpoint 3',
    after: { url: 'https://partner.example/hook' },
  },
  {
    actorId: other,
    action: 'price.change',
    target: 'concert 12',
    after: { name: '스탠딩', priceMinor: 99_000 },
  },
]
for (const deed of deeds) await recordAudit(deps, deed)

const targetsOf = async (asked: Partial<Parameters<typeof searchAudit>[1]>): Promise<string[]> =>
  (await searchAudit(deps, { limit: 30, ...asked })).entries.map(({ action }) => action)

test.for([
  ['12', ['price.change', 'line.tune']],
  ['steer', ['line.steer']],
  ['LINE.', ['line.steer', 'line.tune']],
  ['capacity 250', ['line.tune']],
  ['partner.example/hook', ['webhook.register']],
  ['스탠', ['price.change']],
  ['paused 12', []],
  ['& | ! :* ( )', []],
  ["'; drop table accounts; --", []],
] as const)('%s is found in %j', async ([text, actions]) => {
  expect(await targetsOf({ text })).toEqual(actions)
})

test('who, what, to what and when narrow it, together', async () => {
  const { email } = await readMe(deps, other)
  expect(await targetsOf({ actorEmail: email.toUpperCase() })).toEqual(['price.change', 'webhook.register'])
  expect(await targetsOf({ actorEmail: email, target: 'concert 12' })).toEqual(['price.change'])
  expect(await targetsOf({ action: 'line.tune' })).toEqual(['line.tune'])
  expect(await targetsOf({ by: 'partners' })).toEqual([])
  const all = await searchAudit(deps, { limit: 30 })
  const [newest] = all.entries
  const atMs = newest?.atMs ?? 0
  expect(await targetsOf({ fromMs: atMs + 1 })).toEqual([])
  expect(await targetsOf({ fromMs: atMs - 60_000, toMs: atMs + 1 })).toHaveLength(4)
})

test('pages follow each other without a gap or a repeat, also while more is written', async () => {
  const first = await searchAudit(deps, { limit: 3 })
  await recordAudit(deps, { actorId: one, action: 'late.deed', target: 'concert 9' })
  const second = await searchAudit(deps, { limit: 3, cursor: first.nextCursor ?? 0 })
  expect([...first.entries, ...second.entries].map(({ action }) => action)).toEqual(
    deeds.map(({ action }) => action).toReversed(),
  )
  expect(second.nextCursor).toBeNull()
})

test('every kind of deed is told once, in order', async () => {
  expect(await listAuditActions(deps)).toEqual([
    'late.deed',
    'line.steer',
    'line.tune',
    'price.change',
    'webhook.register',
  ])
})

test('words are found by their index, not by reading every entry', async () => {
  await deps.db.pool.query(
    `insert into audit_entries (actor_id, action, target) select $1, 'many.deeds', 'concert 5' from generate_series(1, 3000)`,
    [one],
  )
  await deps.db.pool.query('analyze audit_entries').catch(() => undefined)
  const { rows } = await deps.db.pool.query<{ 'QUERY PLAN': string }>(
    `explain select id from audit_entries where audit_words(action, target, before, after) @@ to_tsquery('simple', 'capacity:*')`,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('audit_entries_words_idx')
})
