import type { ConcertId } from '@greenroom/contract'
import type { QueryConfig } from 'pg'
import { expect, test } from 'vitest'
import { createLoadWindow, startLoadReports } from '../load/index.ts'
import { sqlState, violatedConstraint } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { asOwner } from '../testing/as-owner.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { makeQueue } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { sampleSales } from './index.ts'
import { insertSampleText } from './sample-store.ts'

const deps = await createTestDeps()

async function samplesOf(concertId: ConcertId): Promise<Record<string, unknown>[]> {
  const { rows } = await deps.db.pool.query<Record<string, unknown>>(
    'select * from sale_samples where concert_id = $1 order by sampled_at',
    [concertId],
  )
  return rows
}

const countSamples = async (): Promise<number> =>
  (await deps.db.pool.query<{ n: number }>('select count(*)::int as n from sale_samples')).rows[0]?.n ?? -1

test('a sample has the line, the seats and the load of its moment', async () => {
  const { concertId } = await makeQueue(deps, 3)
  const window = createLoadWindow()
  window.noteCall('crowd', 40)
  window.noteRefused('overload')
  for (let call = 0; call < 100; call += 1) window.noteRefused('rules')
  const reports = startLoadReports(deps, window)
  try {
    await expect.poll(() => deps.redis.hlen('load:apis'), { timeout: 10_000 }).toBe(1)
    await sampleSales(deps)
  } finally {
    reports.stop()
  }
  const [sample] = await samplesOf(concertId)
  expect(sample).toMatchObject({
    waiting: 3,
    active: 0,
    capacity: 0,
    available: 500,
    held: 0,
    sold: 0,
    revenue_minor: 0,
    entered: 0,
    paid: 0,
    is_fine: true,
  })
  expect(Number(sample?.['p95_ms'])).toBeGreaterThanOrEqual(40)
  const [overload, rules] = ['refused_per_second', 'refused_by_rules_per_second'].map((name) =>
    Number(sample?.[name]),
  )
  expect(overload).toBeGreaterThan(0)
  expect(rules).toBeCloseTo(100 * Number(overload), 1)
})

test('many workers at once write one sample of each sale and slot, and say together how many', async () => {
  await Promise.all(Array.from({ length: 3 }, () => makeShow(deps)))
  const before = await countSamples()
  const workers = [deps, openProcess(deps), openProcess(deps)]
  const told = await Promise.all(Array.from({ length: 12 }, (_, at) => sampleSales(workers[at % 3] ?? deps)))
  const written = told.reduce((sum, each) => sum + each, 0)
  expect(written).toBeGreaterThan(0)
  expect((await countSamples()) - before).toBe(written)
  const { rows } = await deps.db.pool.query(
    `select from sale_samples group by concert_id, date_bin('5 seconds', sampled_at, timestamptz 'epoch') having count(*) > 1`,
  )
  expect(rows).toEqual([])
})

test('without slot and key each worker would write one of its own', async () => {
  const { concertId } = await makeShow(deps)
  const values = [
    concertId,
    ...Array.from({ length: 5 }, () => null),
    1,
    0,
    0,
    0,
    0,
    0,
    ...Array(7).fill(null),
  ]
  const rolledBack = new Error('rolled back')
  const counted = asOwner(deps, async (tx) => {
    await tx.query(
      'alter table sale_samples drop constraint sale_samples_pkey, drop constraint sale_samples_sampled_at_check',
    )
    const unguarded = textWithout(insertSampleText, {
      "date_bin('5 seconds', now(), timestamptz 'epoch')": 'clock_timestamp()',
      'on conflict (concert_id, sampled_at) do nothing': '',
    })
    for (let worker = 0; worker < 2; worker++) await tx.query(unguarded, values)
    const { rowCount } = await tx.query('select from sale_samples where concert_id = $1', [concertId])
    throw Object.assign(rolledBack, { rowCount })
  })
  await expect(counted).rejects.toMatchObject({ rowCount: 2 })
  // each by itself is refused by the table
  const unslotted = textWithout(insertSampleText, {
    "date_bin('5 seconds', now(), timestamptz 'epoch')": "timestamptz '2026-01-01 00:00:01Z'",
  })
  expect(await deps.db.pool.query(unslotted, values).then(() => '', violatedConstraint)).toBe(
    'sale_samples_sampled_at_check',
  )
})

test('a worker that dies between two sales leaves a gap at most: the next one writes what is missing, and nothing twice', async () => {
  await Promise.all(Array.from({ length: 2 }, () => makeShow(deps)))
  await asOwner(deps, (tx) => tx.query('truncate sale_samples'))
  await expect(sampleSales(breakingDeps(deps, { after: 'insert-sale-sample' }).deps)).rejects.toThrow(
    'not every sale',
  )
  await sampleSales(deps)
  const { rows } = await deps.db.pool.query<{ lines: number; sampled: number }>(
    `select (select count(*)::int from lines) as lines, count(distinct concert_id)::int as sampled from sale_samples`,
  )
  expect(rows).toEqual([{ lines: rows[0]?.lines, sampled: rows[0]?.lines }])
})

test('a sale that cannot be sampled keeps no other from it', async () => {
  const [first, second] = [await makeShow(deps), await makeShow(deps)]
  await asOwner(deps, (tx) => tx.query('truncate sale_samples'))
  const broken: Deps = { ...deps, db: failingFor(deps, first.concertId) }
  await expect(sampleSales(broken)).rejects.toThrow('not every sale')
  expect(await samplesOf(first.concertId)).toEqual([])
  expect(await samplesOf(second.concertId)).toHaveLength(1)
})

test('a sale that is long over is sampled no more', async () => {
  const { concertId } = await makeShow(deps)
  await deps.db.pool.query("update lines set closes_at = now() - interval '2 hours' where concert_id = $1", [
    concertId,
  ])
  await sampleSales(deps)
  expect(await samplesOf(concertId)).toEqual([])
})

test('what was measured is neither changed nor removed by the running product', async () => {
  const { concertId } = await makeShow(deps)
  await sampleSales(deps)
  expect(await samplesOf(concertId)).toHaveLength(1)
  for (const text of ['update sale_samples set sold = 1', 'delete from sale_samples'])
    expect(await deps.db.pool.query(text).then(() => text, sqlState)).toBe('42501')
})

/** A database that refuses to count this concert. */
function failingFor({ db }: Deps, concertId: ConcertId): Deps['db'] {
  const query = async (config: QueryConfig): Promise<unknown> => {
    if (config.name === 'find-sale-figures' && config.values?.[0] === concertId) throw new Error('no figures')
    return await db.pool.query(config)
  }
  const pool = new Proxy(db.pool, {
    get: (target, property) => {
      if (property === 'query') return query
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...db, pool }
}
