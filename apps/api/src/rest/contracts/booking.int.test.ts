import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, expect, test } from 'vitest'
import { booking } from './testing/booking-dialect.ts'
import { openClub, seatOf } from './testing/club.ts'
import { hold, outcomeOf, walkIn } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

test('GET token issues a token, and the same one when asked again', async () => {
  const path = `/token/${await club.newFan()}`
  const answers = [await club.send({ method: 'GET', path }), await club.send({ method: 'GET', path })]
  expect(answers[0]).toEqual({ status: 200, body: { token_id: expect.any(String) } })
  expect(answers[1]).toEqual(answers[0])
})

test('GET concerts: every date with every seat, its number in the show and what it is', async () => {
  const by = await walkIn(club, booking, 100_000)
  const sold = await hold(club, booking, by, seatOf(club, 1, 2))
  await club.send(booking.pay(by, sold))
  const other = await walkIn(club, booking)
  await hold(club, booking, other, seatOf(club, 1, 5))
  await deps.db.pool.query("update seats set status = 'blocked', version = version + 1 where id = $1", [
    seatOf(club, 1, 9).seatId,
  ])
  const { rows } = await deps.db.pool.query<{ atMs: number }>(
    'select floor(extract(epoch from starts_at) * 1000)::float8 as "atMs" from shows where concert_id = $1 order by starts_at',
    [club.concertId],
  )
  const statuses: Record<string, string> = { '1-2': 'SOLD', '1-5': 'HELD', '1-9': 'SOLD' }
  expect(await club.send({ method: 'GET', path: '/concerts' })).toEqual({
    status: 200,
    body: {
      concerts: club.shows.map(({ showId, seatIds }, show) => ({
        ceoncert_id: showId,
        ceoncert_dateTime: rows[show]?.atMs,
        seats: seatIds.map((_id, at) => ({
          seat_id: `${at + 1}`,
          seat_status: statuses[`${show}-${at + 1}`] ?? 'AVAILABLE',
        })),
      })),
    },
  })
})

test('POST booking: one seat or several, by number or text, all of them or none', async () => {
  const [by, other] = [await walkIn(club, booking), await walkIn(club, booking)]
  const book = (fan: typeof by, seatNo: unknown) =>
    club.send({
      method: 'POST',
      path: '/booking',
      headers: { 'token-auth': fan.token },
      body: { user_id: `${fan.fanId}`, concert_id: `${club.shows[2].showId}`, seat_no: seatNo },
    })
  const success = {
    status: 200,
    body: { booking_result: 'SUCCESS', booking_id: expect.any(Number) },
  }
  expect(await book(by, '10,11')).toEqual(success)
  expect(await book(other, '12, 11')).toMatchObject({
    status: 409,
    body: {
      error: {
        code: 'SEATS_TAKEN',
        details: { seats: [{ seatId: seatOf(club, 2, 11).seatId, status: 'held' }] },
      },
    },
  })
  expect(await book(other, 12)).toEqual(success)
  expect(outcomeOf(await book(other, '20,21,22,23'))).toBe('409 SEAT_LIMIT_REACHED')
})

test('Token-Auth takes the bare token alone', async () => {
  const by = await walkIn(club, booking)
  const call = booking.hold(by, seatOf(club, 0, 1))
  expect(outcomeOf(await club.send({ ...call, headers: { 'token-auth': `Bearer ${by.token}` } }))).toBe(
    '401 RECEIPT_REFUSED',
  )
  expect(outcomeOf(await club.send({ ...call, headers: { authorization: by.token } }))).toBe(
    '401 PASS_REQUIRED',
  )
  expect(await club.send(call)).toMatchObject({ status: 200 })
})

test('POST payment', async () => {
  const by = await walkIn(club, booking, 50_000)
  const { holdId } = await hold(club, booking, by, seatOf(club, 0, 30))
  expect(
    await club.send({
      method: 'POST',
      path: '/payment',
      headers: { 'token-auth': by.token },
      body: { user_id: by.fanId, booking_id: `${holdId}` },
    }),
  ).toEqual({ status: 200, body: { payment_result: 'SUCCESS' } })
})

test('GET and POST balance: `balance` is what is added, and what is there after it', async () => {
  const fanId = await club.newFan()
  const read = { method: 'GET', path: `/balance/${fanId}` } as const
  const charge = { method: 'POST', path: '/balance', body: { user_id: fanId, balance: 5_000 } } as const
  expect(await club.send(read)).toEqual({ status: 200, body: { user_id: `${fanId}`, balance: 0 } })
  expect(await club.send(charge)).toEqual({ status: 200, body: { user_id: `${fanId}`, balance: 5_000 } })
  // without an Idempotency-Key every request is a charge of its own
  expect(await club.send(charge)).toEqual({ status: 200, body: { user_id: `${fanId}`, balance: 10_000 } })
  expect(await club.send(read)).toEqual({ status: 200, body: { user_id: `${fanId}`, balance: 10_000 } })
})
