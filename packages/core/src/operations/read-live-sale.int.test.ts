import { randomUUID } from 'node:crypto'
import { type ConcertId, concertId as parseConcert } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { pay } from '../payments/index.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readLiveSale, sampleSales } from './index.ts'

const redis = await startPrivateRedis()
afterAll(redis.stop)
const deps = await createTestDeps({ redisUrl: redis.url })

async function insertSamples(
  concertId: ConcertId,
  admitted: (number | null)[],
  active: number,
): Promise<void> {
  await deps.db.pool.query(
    `insert into sale_samples (concert_id, sampled_at, waiting, active, admitted_total, available, held, sold, revenue_minor, entered, paid)
     select $1, date_bin('5 seconds', now(), timestamptz 'epoch') - ($3::int - n) * interval '5 seconds', 0,
            case when total is null then null else $4::int end, total, 0, 0, 0, 0, 0, 0
     from unnest($2::bigint[]) with ordinality as each (total, n)`,
    [concertId, admitted, admitted.length, active],
  )
}

test('the line, the seats, the money and who paid, each with the moment it is of', async () => {
  const show = await makeShow(deps, { seatCount: 10, priceMinor: 20_000, capacity: 5 })
  const buyer = await makeRichFan(deps)
  await givePass(deps, { concertId: show.concertId, fanId: buyer })
  const { reservationId } = await holdInside(deps, buyer, show, 0, 1)
  await pay(deps, { fanId: buyer, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  await givePass(deps, { concertId: show.concertId, fanId: await makeFan(deps) })
  const sale = await readLiveSale(deps, show.concertId)
  expect(sale).toMatchObject({
    progress: { active: 1, capacity: 5, waiting: 0, phase: 'open' },
    steering: { saidByHand: null, scheduledPhase: 'open' },
    ratePerMinute: null,
    figures: {
      seats: { available: 8, held: 0, sold: 2, blocked: 0 },
      revenueMinor: 40_000,
      entered: 2,
      paid: 1,
    },
    conversion: 1,
    load: null,
  })
  const { rows } = await deps.db.pool.query<{ nowMs: number }>(
    'select extract(epoch from now())::float8 * 1000 as "nowMs"',
  )
  expect(Math.abs(Number(rows[0]?.nowMs) - sale.figures.asOfMs)).toBeLessThan(60_000)
})

test('how long a fan keeps a place is measured as Little says: those inside over those who come', async () => {
  const { concertId } = await makeShow(deps)
  expect((await readLiveSale(deps, concertId)).meanInsideMs).toBeNull()
  // ten inside, two more every five seconds: 25 s each
  await insertSamples(concertId, [100, 102, 104, 106, 108], 10)
  expect((await readLiveSale(deps, concertId)).meanInsideMs).toBe(25_000)
})

test('a count that Redis lost and began anew makes nobody come in negatively, and a gap counts for nothing', async () => {
  const { concertId } = await makeShow(deps)
  await insertSamples(concertId, [100, 102, null, 0, 2, 4], 10)
  // six in 25 s, ten inside: the two of the gap and the loss are not known
  expect((await readLiveSale(deps, concertId)).meanInsideMs).toBeCloseTo((10 * 25_000) / 6, 3)
})

test('nobody came in: nothing is known, which is not for ever', async () => {
  const { concertId } = await makeShow(deps)
  await insertSamples(concertId, [7, 7, 7], 3)
  expect((await readLiveSale(deps, concertId)).meanInsideMs).toBeNull()
})

test('an unknown concert is NOT_FOUND', async () => {
  await expect(readLiveSale(deps, parseConcert.parse(999_999))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('with Redis dead seats and money are seen, and sampled, all the same', async () => {
  const { concertId } = await makeShow(deps, { seatCount: 7, capacity: 5 })
  await redis.kill()
  expect(await readLiveSale(deps, concertId)).toMatchObject({
    progress: null,
    capacity: 5,
    load: null,
    figures: { seats: { available: 7 } },
  })
  await sampleSales(deps)
  const { rows } = await deps.db.pool.query(
    'select waiting, active, available, p95_ms from sale_samples where concert_id = $1',
    [concertId],
  )
  expect(rows).toEqual([{ waiting: null, active: null, available: 7, p95_ms: null }])
})
