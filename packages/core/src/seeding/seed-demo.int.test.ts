import { concertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { signUp } from '../accounts/index.ts'
import { listConcerts, readConcert, readGeometry } from '../catalogue/index.ts'
import { makeFan } from '../testing/make-fan.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { seedDemo } from './seed-demo.ts'

const deps = await createTestDeps()
const results = await Promise.all([seedDemo(deps), seedDemo(deps)])

test('two processes that seed at once make one demo, and a repeat changes nothing', async () => {
  expect(results.toSorted()).toEqual(['hasConcerts', 'seeded'])
  expect(await seedDemo(deps)).toBe('hasConcerts')
})

test('a database in which somebody has signed up already is left alone', async () => {
  const used = await createTestDeps()
  await makeFan(used)
  expect(await seedDemo(used)).toBe('hasAccounts')
  expect(await listConcerts(used)).toEqual([])
})

test('fans 1 to 100 and the operator have ids 1 to 101 and empty wallets; who signs up next gets a new id', async () => {
  const { rows } = await deps.db.pool.query(
    `select count(*) filter (where role = 'fan' and email = 'fan' || accounts.id || '@greenroom.example')::int as fans,
            count(*) filter (where role = 'operator' and accounts.id = 101)::int as operators,
            sum(balance_minor)::int as won, count(distinct password_hash)::int as hashes
     from accounts join wallets on wallets.account_id = accounts.id`,
  )
  expect(rows).toEqual([{ fans: 100, operators: 1, won: 0, hashes: 101 }])
  const { account } = await signUp(deps, {
    email: 'new@greenroom.example',
    password: 'a new password',
    name: 'New',
    locale: 'en',
  })
  expect(account.accountId).toBe(102)
})

test('concert 1 has shows 1 to 3 with seats 1 to 150, numbered 1 to 50 in each, on sale now', async () => {
  const page = await readConcert(deps, concertId.parse(1))
  expect(page).toMatchObject({ phase: 'open', timeZone: 'Asia/Seoul', holdTtlMs: 300_000 })
  expect(page.shows.map((show) => [show.showId, show.firstSeatId, show.seatCount])).toEqual([
    [1, 1, 50],
    [2, 51, 50],
    [3, 101, 50],
  ])
  const { rows } = await deps.db.pool.query(
    `select bool_and(seats.number = (seats.id - first_seat_id + 1)::text) as counts
     from seats join shows on shows.id = show_id where concert_id = 1 group by show_id`,
  )
  expect(rows).toEqual([{ counts: true }, { counts: true }, { counts: true }])
})

test("shows begin at the venue's own hour, weeks ahead", async () => {
  const { shows } = await readConcert(deps, concertId.parse(1))
  const hours = shows.map(({ startsAtMs }) =>
    new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', timeStyle: 'short' }).format(startsAtMs),
  )
  expect(hours).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^8:00\sPM$/)))
  const { rows } = await deps.db.pool.query(
    "select min(starts_at) > now() + interval '19 days' as far from shows",
  )
  expect(rows).toEqual([{ far: true }])
})

test('concert 2 is a theatre of 2 to 3 thousand seats on sale, concert 3 an arena of 15 thousand whose lobby is open', async () => {
  const [, theatre, arena] = await listConcerts(deps)
  expect(theatre).toMatchObject({ concertId: 2, phase: 'open' })
  expect(arena).toMatchObject({ concertId: 3, phase: 'lobby' })
  const seats = async (id: number): Promise<number[]> =>
    (await readConcert(deps, concertId.parse(id))).shows.map((show) => show.seatCount)
  expect(await seats(2)).toEqual([expect.closeTo(2_500, -3), expect.closeTo(2_500, -3)])
  expect((await seats(3)).every((count) => count >= 15_000)).toBe(true)
})

test('every show has the geometry its page names, and its stock is complete', async () => {
  for (const { concertId: id } of await listConcerts(deps)) {
    for (const show of (await readConcert(deps, id)).shows) {
      const hash = /^\/geometry\/([0-9a-f]{64})\.bin$/.exec(show.geometryUrl)?.[1] ?? ''
      expect((await readGeometry(deps, hash)).bytes.length).toBeGreaterThan(0)
      expect(show.stock.reduce((sum, category) => sum + category.available, 0)).toBe(show.seatCount)
    }
  }
  await expect(readConcert(deps, concertId.parse(99))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
