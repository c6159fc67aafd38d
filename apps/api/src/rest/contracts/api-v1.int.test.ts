import { leaveLine } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { apiV1 } from './testing/api-v1-dialect.ts'
import { type Call, openClub, seatOf } from './testing/club.ts'
import { holdAll } from './testing/hold-all.ts'
import { hold, outcomeOf, takePlace, walkIn } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

const get = (path: string, token: string): Call => ({
  method: 'GET',
  path,
  headers: { authorization: token },
})
const showRow = (show: 0 | 1 | 2) => ({ showId: `${club.shows[show].showId}`, showDate: club.days[show] })

test('POST token: for the concert that is named, as number or text, else for the default one', async () => {
  const fanId = await club.newFan()
  const path = `/api/v1/users/${fanId}/token`
  const { concertId } = club
  const bodies = [undefined, {}, { concertId }, { concertId: `${concertId}` }, { concertId: null }]
  const answers = await Promise.all(bodies.map((body) => club.send({ method: 'POST', path, body })))
  expect(answers).toEqual(bodies.map(() => ({ status: 200, body: { token: expect.any(String) } })))
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  const other = await openClub(deps)
  expect(await club.send({ method: 'POST', path, body: { concertId: other.concertId } })).not.toEqual(
    answers[0],
  )
  await other.close()
})

test('GET shows: the dates with a free seat, soonest first; GET seats: the free ones', async () => {
  const own = await openClub(deps)
  const by = await walkIn(own, apiV1)
  const [first, second, third] = own.shows
  const rows = own.shows.map(({ showId }, at) => ({ showId: `${showId}`, showDate: own.days[at] }))
  const shows = get(`/api/v1/concerts/${own.concertId}/shows`, by.token)
  expect(await own.send(shows)).toEqual({ status: 200, body: rows })
  const holds = await holdAll(own, first)
  expect(await own.send(shows)).toEqual({ status: 200, body: rows.slice(1) })
  expect(await own.send(get(`/api/v1/shows/${first.showId}/seats`, by.token))).toEqual({
    status: 200,
    body: [],
  })
  await holds.lapse()
  expect(await own.send(shows)).toEqual({ status: 200, body: rows })
  await hold(own, apiV1, by, seatOf(own, 1, 3))
  const seats = second.seatIds.map((id, at) => ({ seatId: `${id}`, seatNumber: `${at + 1}` }))
  expect(await own.send(get(`/api/v1/shows/${second.showId}/seats`, `Bearer ${by.token}`))).toEqual({
    status: 200,
    body: seats.filter(({ seatNumber }) => seatNumber !== '3'),
  })
  expect(await own.send(get(`/api/v1/shows/${third.showId}/seats`, `bearer ${by.token}`))).toMatchObject({
    status: 200,
  })
  await own.close()
})

test('POST seats holds the seat, and answers the same when asked again', async () => {
  const by = await walkIn(club, apiV1)
  const seat = seatOf(club, 1, 7)
  const answers = [await club.send(apiV1.hold(by, seat)), await club.send(apiV1.hold(by, seat))]
  const body = {
    reservationId: expect.stringMatching(/^\d+$/),
    showId: `${seat.showId}`,
    seatId: `${seat.seatId}`,
  }
  expect(answers[0]).toEqual({ status: 200, body })
  expect(answers[1]).toEqual(answers[0])
  expect(await club.send(get(`/api/v1/concerts/${club.concertId}/shows`, by.token))).toEqual({
    status: 200,
    body: [showRow(0), showRow(1), showRow(2)],
  })
})

test('GET and POST balance: texts, the balance after the charge; a number is taken like a text', async () => {
  const by = await walkIn(club, apiV1)
  expect(await club.send(apiV1.readBalance(by))).toEqual({ status: 200, body: { amount: '0' } })
  expect(await club.send(apiV1.charge(by, '10000'))).toEqual({ status: 200, body: { amount: '10000' } })
  expect(await club.send(apiV1.charge(by, 5_000))).toEqual({ status: 200, body: { amount: '15000' } })
  expect(await club.send(apiV1.readBalance(by))).toEqual({ status: 200, body: { amount: '15000' } })
})

test('POST balance with an Idempotency-Key adds once', async () => {
  const by = await walkIn(club, apiV1)
  const call = apiV1.charge(by, 5_000)
  const keyed = { ...call, headers: { ...call.headers, 'idempotency-key': 'attempt-1' } }
  const answers = [await club.send(keyed), await club.send(keyed)]
  expect(answers).toEqual([1, 2].map(() => ({ status: 200, body: { amount: '5000' } })))
  const other = apiV1.charge(by, 6_000)
  expect(
    await club.send({ ...other, headers: { ...other.headers, 'idempotency-key': 'attempt-1' } }),
  ).toMatchObject({ status: 409, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } } })
  expect(
    await club.send({ ...call, headers: { ...call.headers, 'idempotency-key': 'short' } }),
  ).toMatchObject({ status: 400, body: { error: { details: { faults: [{ path: 'idempotency-key' }] } } } })
})

test('POST payments: everything that is held at once, or the reservation that is named', async () => {
  const by = await walkIn(club, apiV1, 500_000)
  for (const seatNo of [11, 12]) await hold(club, apiV1, by, seatOf(club, 1, seatNo))
  const path = `/api/v1/users/${by.fanId}/payments`
  const headers = { authorization: by.token }
  expect(await club.send({ method: 'POST', path, headers })).toEqual({
    status: 200,
    body: { amount: '100000' },
  })
  const fresh = await takePlace(club, apiV1, by.fanId)
  const [one, two] = [
    await hold(club, apiV1, fresh, seatOf(club, 2, 13)),
    await hold(club, apiV1, fresh, seatOf(club, 2, 14)),
  ]
  const payOne = (holdId: unknown) =>
    club.send({ ...apiV1.pay(fresh, { ...one, holdId: undefined }), body: { reservationId: holdId } })
  expect(await payOne(`${one.holdId}`)).toEqual({ status: 200, body: { amount: '50000' } })
  expect(await payOne(one.holdId)).toEqual({ status: 200, body: { amount: '50000' } })
  // the token is spent; what else is held waits for another
  expect(await payOne(two.holdId)).toMatchObject({ status: 401 })
  const last = await takePlace(club, apiV1, by.fanId)
  expect(await club.send({ method: 'POST', path, headers: { authorization: last.token }, body: {} })).toEqual(
    {
      status: 200,
      body: { amount: '50000' },
    },
  )
})

test('POST payments: a token that bought nothing is not answered with what an earlier one bought', async () => {
  const by = await walkIn(club, apiV1, 100_000)
  await hold(club, apiV1, by, seatOf(club, 2, 20))
  const pay = (token: string): Call => ({
    method: 'POST',
    path: `/api/v1/users/${by.fanId}/payments`,
    headers: { authorization: token },
  })
  expect(await club.send(pay(by.token))).toEqual({ status: 200, body: { amount: '50000' } })
  const next = await takePlace(club, apiV1, by.fanId)
  expect(outcomeOf(await club.send(pay(next.token)))).toBe('404 NOT_FOUND')
  await leaveLine(deps, { concertId: club.concertId, fanId: by.fanId })
  expect(outcomeOf(await club.send(pay(next.token)))).toBe('401 PASS_REFUSED')
  expect(await club.send(pay(by.token))).toEqual({ status: 200, body: { amount: '50000' } })
})
