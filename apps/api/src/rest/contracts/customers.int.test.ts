import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openClub, seatOf } from './testing/club.ts'
import { customers } from './testing/customers-dialect.ts'
import { holdAll } from './testing/hold-all.ts'
import { hold, walkIn } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

const localTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
/** What a clock in Seoul shows. */
const inSeoul = (atMs: number): string => new Date(atMs + 9 * 3_600_000).toISOString().slice(0, -1)
const get = (path: string, body?: unknown) => club.send({ method: 'GET', path, body })

test('POST users/token: ACTIVE while there is room, WAIT when there is none, and the same place when asked again', async () => {
  const own = await openClub(deps, { capacity: 1 })
  onTestFinished(own.close)
  const issue = (userId: unknown) => own.send({ method: 'POST', path: '/users/token', body: { userId } })
  const [first, second] = [await own.newFan(), await own.newFan()]
  const reply = (userId: number, status: string) => ({
    status: 200,
    body: {
      createdAt: localTime,
      updateAt: null,
      id: expect.any(Number),
      userId,
      status,
      token: expect.any(String),
    },
  })
  expect(await issue(first)).toEqual(reply(first, 'ACTIVE'))
  const waiting = await issue(second)
  expect(waiting).toEqual(reply(second, 'WAIT'))
  const { createdAt: _when, ...same } = Object(waiting.body)
  expect(await issue(`${second}`)).toMatchObject({ status: 200, body: same })
  expect(Number.isSafeInteger(same.id)).toBe(true)
})

test('GET available-date: the dates with a free seat', async () => {
  const own = await openClub(deps)
  onTestFinished(own.close)
  const dates = { method: 'GET', path: `/concerts/${own.concertId}/available-date` } as const
  const rows = own.shows.map(({ showId }, at) => ({ concertOptionId: showId, concertDate: own.days[at] }))
  expect(await own.send(dates)).toEqual({ status: 200, body: rows })
  await holdAll(own, own.shows[0])
  expect(await own.send(dates)).toEqual({ status: 200, body: rows.slice(1) })
})

test('GET available-seats: the free seats, by either spelling of the date, as query or as JSON body', async () => {
  const by = await walkIn(club, customers)
  await hold(club, customers, by, seatOf(club, 2, 1))
  const path = `/concerts/${club.concertId}/available-seats`
  const [day, compact] = [club.days[2], club.days[2].replaceAll('-', '')]
  const seats = club.shows[2].seatIds.map((seatId, at) => ({ seatId, seatNumber: at + 1 })).slice(1)
  const expected = {
    status: 200,
    body: [{ date: compact, availableSeats: 49, concertId: club.concertId, seats }],
  }
  expect(await get(`${path}?date=${compact}`)).toEqual(expected)
  expect(await get(`${path}?date=${day}`)).toEqual(expected)
  expect(await get(path, { date: compact })).toEqual(expected)
  expect(await get(path, { date: Number(compact) })).toEqual(expected)
  expect(await get(path, { date: day })).toEqual(expected)
})

test('POST reservations: who holds which seat since when, by the clock of the concert', async () => {
  const by = await walkIn(club, customers)
  const { seatId } = seatOf(club, 0, 2)
  const call = {
    method: 'POST',
    path: '/reservations',
    headers: { authorization: by.token },
    body: { userId: `${by.fanId}`, seatId: `${seatId}` },
  } as const
  const answer = await club.send(call)
  const { rows } = await deps.db.pool.query<{ id: number; atMs: number }>(
    'select id, floor(extract(epoch from held_at) * 1000)::float8 as "atMs" from reservations where fan_id = $1',
    [by.fanId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('nothing is held')
  const heldAt = inSeoul(row.atMs)
  const body = { createdAt: heldAt, updateAt: heldAt, seatId, id: row.id, userId: by.fanId }
  expect(answer).toEqual({ status: 200, body })
  expect(await club.send(call)).toEqual(answer)
})

test('GET point by query or JSON body, PATCH point adds', async () => {
  const userId = await club.newFan()
  const point = (balance: number) => ({ status: 200, body: [{ balance, userId }] })
  expect(await get(`/customers/point?userId=${userId}`)).toEqual(point(0))
  const patch = { method: 'PATCH', path: '/customers/point' } as const
  expect(await club.send({ ...patch, body: { userId, chargeBalance: 10_000 } })).toEqual(point(10_000))
  expect(await club.send({ ...patch, body: { userId: `${userId}`, chargeBalance: '2000' } })).toEqual(
    point(12_000),
  )
  expect(await get('/customers/point', { userId })).toEqual(point(12_000))
})

test('POST payments: a wrong amount is 409 with the right one and moves nothing; the right one pays, and the same again is the same reply', async () => {
  const by = await walkIn(club, customers, 60_000)
  const { holdId } = await hold(club, customers, by, seatOf(club, 0, 3))
  const pay = (amount: number) =>
    club.send({
      method: 'POST',
      path: '/payments',
      headers: { authorization: by.token },
      body: { reservationId: holdId, amount },
    })
  for (const amount of [1_000, 0, 60_000]) {
    expect(await pay(amount)).toMatchObject({
      status: 409,
      body: { error: { code: 'AMOUNT_MISMATCH', details: { expectedMinor: 50_000 } } },
    })
  }
  expect(await get(`/customers/point?userId=${by.fanId}`)).toMatchObject({ body: [{ balance: 60_000 }] })
  const paid = await pay(50_000)
  expect(paid).toEqual({
    status: 200,
    body: { reservation_id: holdId, amount: 50_000, paymentDate: localTime },
  })
  expect(await pay(50_000)).toEqual(paid)
  expect(await pay(1_000)).toMatchObject({ status: 409 })
  expect(await get(`/customers/point?userId=${by.fanId}`)).toMatchObject({ body: [{ balance: 10_000 }] })
})
