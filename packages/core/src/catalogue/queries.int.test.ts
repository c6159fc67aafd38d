import { concertPage, concertSummary, showId as showIdOf } from '@greenroom/contract'
import { expect, test, vi } from 'vitest'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { createShow } from './create-show.ts'
import { listConcerts, readConcert, readShow, readStock } from './queries.ts'
import { farAwayMs, makeConcert } from './testing/make-concert.ts'

const deps = await createTestDeps()

test('lists and pages are what the contract says', async () => {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const late = await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs + 1_000 })
  const early = await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs })
  const page = await readConcert(deps, concertId)
  expect(concertPage.parse(page)).toEqual(page)
  expect(page.shows.map((show) => show.showId)).toEqual([early, late])
  expect(page).toMatchObject({ firstShowAtMs: farAwayMs, lastShowAtMs: farAwayMs + 1_000 })
  const concerts = await listConcerts(deps)
  expect(concerts).toEqual(concerts.map((concert) => concertSummary.parse(concert)))
})

test('a list says when it was read, by the clock that its opening is by', async () => {
  const { concertId } = await makeSale()
  const nowMs = async (): Promise<number> => {
    const { rows } = await deps.db.pool.query<{ nowMs: number }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs"',
    )
    return rows[0]?.nowMs ?? Number.NaN
  }
  const beforeMs = await nowMs()
  const { asOfMs } = await readConcert(deps, concertId)
  expect(asOfMs).toBeGreaterThanOrEqual(beforeMs)
  expect(asOfMs).toBeLessThanOrEqual(await nowMs())
})

test('a concert without a show is not listed, and its page is not there', async () => {
  const { concertId } = await makeConcert(deps)
  await expect(readConcert(deps, concertId)).rejects.toMatchObject({ details: { what: 'concert' } })
})

test('stock counts what is free: a held seat is not, and is again the moment its time is over', async () => {
  const { showId, fanId, concertId } = await makeSale()
  const hold = async (secondsLeft: number): Promise<void> => {
    await deps.db.pool.query(
      `with hold as (
         insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, held_at, held_until, max_held_until)
         select $1, $2, $3, array[first_seat_id], 1, now() - interval '1 minute', now() + $4 * interval '1 second',
                now() + interval '1 hour' from shows where id = $1
         returning id, seat_ids, held_until
       )
       update seats set status = 'held', reservation_id = hold.id, held_until = hold.held_until
       from hold where seats.id = any(hold.seat_ids)`,
      [showId, concertId, fanId, secondsLeft],
    )
  }
  await hold(60)
  const front = async (): Promise<number | undefined> => (await readStock(deps, showId)).stock[0]?.available
  expect(await front()).toBe(2)
  await hold(-1)
  await vi.waitUntil(async () => (await front()) === 3, { timeout: 5_000 })
})

test('an open concert with no seat to wait for is sold out; one with a hold that may lapse is not', async () => {
  const { showId, concertId } = await makeSale()
  expect((await readConcert(deps, concertId)).phase).toBe('open')
  await deps.db.pool.query("update seats set status = 'blocked' where show_id = $1", [showId])
  await vi.waitUntil(async () => (await readConcert(deps, concertId)).phase === 'soldOut', { timeout: 5_000 })
})

test('a date whose sale is stopped says so to those who have not pressed yet', async () => {
  const { showId, concertId } = await makeSale()
  const stopped = async () => (await readConcert(deps, concertId)).shows.map((show) => show.isStopped)
  expect(await stopped()).toEqual([false])
  await deps.db.pool.query("update shows set stopped_by = 'one-owner-per-seat' where id = $1", [showId])
  await vi.waitUntil(async () => (await stopped())[0], { timeout: 5_000 })
})

test('a show tells where its seats are; unknown ones are NOT_FOUND', async () => {
  const { showId, concertId } = await makeSale()
  expect(await readShow(deps, showId)).toMatchObject({
    showId,
    concertId,
    seatCount: 6,
  })
  const nowhere = showIdOf.parse(999_999)
  for (const read of [readShow, readStock]) {
    await expect(read(deps, nowhere)).rejects.toMatchObject({ details: { what: 'show' } })
  }
})

test('a thousand who open the page at once cost one reading', async () => {
  const { concertId } = await makeSale()
  const query = vi.spyOn(deps.db.pool, 'query')
  // without a replica, where there is one
  const { pool, aside, sequelize } = deps.db
  const db = { pool, aside, sequelize }
  await Promise.all(Array.from({ length: 1_000 }, () => readConcert({ db }, concertId)))
  // the line's clock and the stock of its one show
  expect(query).toHaveBeenCalledTimes(2)
  query.mockRestore()
})

async function makeSale() {
  const { concertId, seatPlanId } = await makeConcert(deps)
  const showId = await createShow(deps, { concertId, seatPlanId, startsAtMs: farAwayMs })
  return { concertId, showId, fanId: await makeFan(deps) }
}
