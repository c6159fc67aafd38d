import {
  type ConcertId,
  concertId as parseConcert,
  mostHistoryPoints,
  saleHistory,
} from '@greenroom/contract'
import { expect, test } from 'vitest'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readSaleHistory } from './index.ts'

const deps = await createTestDeps()

type Numbers = {
  waiting?: number
  active?: number | null
  admitted?: number
  sold?: number
  p95?: number | null
}

/** A sample of so many whole slots ago. */
async function insertSample(concertId: ConcertId, slotsAgo: number, numbers: Numbers = {}): Promise<void> {
  const { active = 0, admitted = 0, p95 = null, sold = 0, waiting = 0 } = numbers
  await deps.db.pool.query(
    `insert into sale_samples (concert_id, sampled_at, waiting, active, admitted_total, available, held, sold, revenue_minor,
                               entered, paid, p95_ms)
     values ($1, date_bin('5 seconds', now(), timestamptz 'epoch') - $2::int * interval '5 seconds', $3, $4, $5, 0, 0, $6, 0, 0, 0, $7)`,
    [concertId, slotsAgo, waiting, active, admitted, sold, p95],
  )
}

test('fifteen minutes are told slot by slot, and where nothing was sampled there is no point', async () => {
  const { concertId } = await makeShow(deps)
  for (const slotsAgo of [40, 3, 2, 200]) await insertSample(concertId, slotsAgo, { waiting: slotsAgo })
  const history = await readSaleHistory(deps, { concertId, range: '15m' })
  expect(history.stepMs).toBe(5_000)
  expect(history.waiting).toEqual([40, 3, 2])
  // those that were written before it was told apart
  expect(history.refusedByRulesPerSecond).toEqual([null, null, null])
  const [a, b, c] = history.atMs
  expect(Number(b) - Number(a)).toBe(37 * 5_000)
  expect(Number(c) - Number(b)).toBe(5_000)
  expect(history.untilMs - history.fromMs).toBe(900_000)
})

test('a step of several slots tells its last numbers and its worst times', async () => {
  const { concertId } = await makeShow(deps)
  // steps of an hour's range are ten seconds: the two slots of one
  const { rows } = await deps.db.pool.query<{ odd: number }>(
    'select mod(floor(extract(epoch from now()) / 5)::bigint, 2)::int as odd',
  )
  const later = 10 + (rows[0]?.odd === 1 ? 0 : 1)
  await insertSample(concertId, later + 1, { sold: 1, p95: 900 })
  await insertSample(concertId, later, { sold: 2, p95: 100 })
  const history = await readSaleHistory(deps, { concertId, range: '1h' })
  expect(history).toMatchObject({ stepMs: 10_000, sold: [2], p95Ms: [900], p50Ms: [null] })
})

test('thirty days of minutes come in no more points than any other range', async () => {
  const { concertId } = await makeShow(deps)
  await deps.db.pool.query(
    `insert into sale_samples (concert_id, sampled_at, available, held, sold, revenue_minor, entered, paid)
     select $1, date_bin('1 minute', now(), timestamptz 'epoch') - n * interval '1 minute', 0, 0, n, 0, 0, 0
     from generate_series(0, 43000) n`,
    [concertId],
  )
  const history = saleHistory.parse(await readSaleHistory(deps, { concertId, range: 'all' }))
  expect(history.atMs.length).toBeLessThanOrEqual(mostHistoryPoints)
  expect(history.atMs.length).toBeGreaterThan(500)
  expect(history.sold.at(-1)).toBe(0)
  expect(history.atMs).toEqual(history.atMs.toSorted((x, y) => x - y))
  const day = await readSaleHistory(deps, { concertId, range: '1d' })
  expect(day.atMs.length).toBeGreaterThan(500)
  expect(day.atMs.length).toBeLessThanOrEqual(mostHistoryPoints)
})

test('a sale without samples has an empty history, and an unknown concert none', async () => {
  const { concertId } = await makeShow(deps)
  expect(await readSaleHistory(deps, { concertId, range: 'all' })).toMatchObject({ atMs: [], sold: [] })
  await expect(
    readSaleHistory(deps, { concertId: parseConcert.parse(999_999), range: 'all' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'concert' } })
})

test('nobody sees another sale in it', async () => {
  const [one, other] = [await makeShow(deps), await makeShow(deps)]
  await insertSample(other.concertId, 2, { sold: 5 })
  expect((await readSaleHistory(deps, { concertId: one.concertId, range: '15m' })).atMs).toEqual([])
})
