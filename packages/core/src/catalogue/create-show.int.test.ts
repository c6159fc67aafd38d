import { concertId as concertIdOf, isDomainError, seatPlanId as planIdOf } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction, sqlState } from '../platform/database.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { addShow, createShow } from './create-show.ts'
import { importSeatPlan } from './import-seat-plan.ts'
import { makeConcert, farAwayMs } from './testing/make-concert.ts'
import { smallPlan } from './testing/small-plan.ts'

const deps = await createTestDeps()
const dayMs = 86_400_000

test('a show has one available seat for each seat of the plan, at the price of its category', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const showId = await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs })
  const { rows } = await deps.db.pool.query(
    `select seats.id - first_seat_id as ordinal, section, row_label as row, number, category_code as code,
            price_minor as price, status
     from seats join shows on shows.id = show_id where show_id = $1 order by seats.id`,
    [showId],
  )
  const expected = ['A', 'B'].flatMap((row, code) =>
    ['1', '2', '3'].map((number, seat) => ({
      ordinal: code * 3 + seat,
      section: 'Hall',
      row,
      number,
      code,
      price: code === 0 ? 50_000 : 30_000,
      status: 'available',
    })),
  )
  expect(rows).toEqual(expected)
})

test('twenty shows made at once get seat ids without overlap or gap', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  await Promise.all(
    Array.from({ length: 20 }, (_, day) =>
      createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs + day * dayMs }),
    ),
  )
  const { rows } = await deps.db.pool.query(
    `select count(*)::int as shows, sum(seat_count)::int as seats,
            (max(first_seat_id + seat_count) - min(first_seat_id))::int as range from shows where concert_id = $1`,
    [concertId],
  )
  expect(rows).toEqual([{ shows: 20, seats: 120, range: 120 }])
})

test('without the lock two shows want the same seat ids, and only the constraint stops the second', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const [one, other] = [await deps.db.pool.connect(), await deps.db.pool.connect()]
  const withoutLock = `insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
    select $1, $2, to_timestamp($3), (select max(first_seat_id + seat_count) from shows), 6`
  // both look at the shows before either has made one
  for (const client of [one, other]) await client.query('begin isolation level repeatable read; select 1')
  await one.query(withoutLock, [concertId, seatPlanId, farAwayMs / 1000])
  await one.query('commit')
  const second = other.query(withoutLock, [concertId, seatPlanId, farAwayMs / 1000 + 1])
  expect(await second.catch(sqlState)).toBe('23P01')
  await other.query('rollback')
  one.release()
  other.release()
})

test('a show that fails leaves neither seats nor a hole in the ids', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const next = (): Promise<unknown> =>
    deps.db.pool.query('select max(first_seat_id + seat_count) as next from shows').then(({ rows }) => rows)
  const before = await next()
  const failed = inTransaction(deps.db, async (tx) => {
    await addShow(tx, { concertId, seatPlanId, startsAtMs: farAwayMs })
    throw new Error('killed')
  })
  await expect(failed).rejects.toThrow('killed')
  expect(await next()).toEqual(before)
})

test('the same instant twice is refused, also when both are made at once', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const input = { concertId, seatPlanId, startsAtMs: farAwayMs }
  const made = await Promise.allSettled([createShow(deps, input), createShow(deps, input)])
  const refusals = made.flatMap((result) => (result.status === 'rejected' ? [faultPaths(result.reason)] : []))
  expect(refusals).toEqual([['startsAtMs']])
})

test('a plan with a category the concert has no price for is refused', async () => {
  const { concertId } = await makeConcert(deps)
  const other = smallPlan('Other categories')
  other.categories.unshift({ name: 'Balcony' })
  Object.assign(other.zones[0]?.rows[0]?.seats[0] ?? {}, { category: 'Balcony' })
  const { seatPlanId } = await importSeatPlan(deps, other)
  const refusal: unknown = await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs }).catch(
    (error: unknown) => error,
  )
  expect(faultPaths(refusal)).toEqual(['seatPlanId', 'seatPlanId', 'seatPlanId'])
})

test('an unknown concert or plan is NOT_FOUND', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const at = { startsAtMs: farAwayMs }
  await expect(
    createShow(deps, { concertId: concertIdOf.parse(9_999), seatPlanId, ...at }),
  ).rejects.toMatchObject({
    details: { what: 'concert' },
  })
  await expect(
    createShow(deps, { concertId, seatPlanId: planIdOf.parse(9_999), ...at }),
  ).rejects.toMatchObject({
    details: { what: 'seatPlan' },
  })
})

function faultPaths(error: unknown): unknown {
  return isDomainError(error, 'BAD_INPUT') ? error.details.faults.map((fault) => fault.path) : error
}
