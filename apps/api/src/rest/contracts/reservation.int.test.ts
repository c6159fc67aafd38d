import { reservationId } from '@greenroom/contract'
import { createTestDeps, lapseHold } from '@greenroom/core/testing'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openClub, seatOf } from './testing/club.ts'
import { holdAll } from './testing/hold-all.ts'
import { reservation } from './testing/reservation-dialect.ts'
import { hold, walkIn } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

test('POST token/create: the token is a JSON text', async () => {
  const body = { id: await club.newFan() }
  const answer = await club.send({ method: 'POST', path: '/api/token/create', body })
  expect(answer).toEqual({ status: 200, body: expect.any(String) })
  expect(await club.send({ method: 'POST', path: '/api/token/create', body: { id: `${body.id}` } })).toEqual(
    answer,
  )
})

test('GET dates: those with a free seat', async () => {
  const own = await openClub(deps)
  onTestFinished(own.close)
  const by = await walkIn(own, reservation)
  const dates = {
    method: 'GET',
    path: '/api/reservation/dates',
    headers: { authorization: by.token },
  } as const
  expect(await own.send(dates)).toEqual({ status: 200, body: own.days })
  await holdAll(own, own.shows[1])
  expect(await own.send(dates)).toEqual({ status: 200, body: [own.days[0], own.days[2]] })
})

test('GET seats: every seat of the date, as query or as JSON body, and what it is', async () => {
  const by = await walkIn(club, reservation, 50_000)
  await hold(club, reservation, by, seatOf(club, 2, 4))
  const [path, date] = ['/api/reservation/seats', club.days[2]]
  const headers = { authorization: `Bearer ${by.token}` }
  const seats = (status: string) =>
    Array.from({ length: 50 }, (_, at) => ({ seatNo: at + 1, status: at === 3 ? status : 'AVAILABLE' }))
  const answers = [
    await club.send({ method: 'GET', path: `${path}?date=${date}`, headers }),
    await club.send({ method: 'GET', path, headers, body: { date } }),
  ]
  expect(answers).toEqual([1, 2].map(() => ({ status: 200, body: seats('HELD') })))
  await club.send(reservation.pay(by, { holdId: undefined, amount: 50_000 }))
  const other = await walkIn(club, reservation)
  const after = await club.send({
    method: 'GET',
    path: `${path}?date=${date}`,
    headers: { authorization: other.token },
  })
  expect(after).toEqual({ status: 200, body: seats('SOLD') })
})

test('POST reserve: 예약 성공, by number or text', async () => {
  const by = await walkIn(club, reservation)
  for (const seatNo of [20, '21']) {
    const body = { concertDate: club.days[0], seatNo }
    const path = '/api/reservation/reserve'
    const call = { method: 'POST', path, headers: { authorization: by.token }, body } as const
    expect(await club.send(call)).toEqual({ status: 200, body: '예약 성공' })
  }
})

test('GET charge reads the balance, asked by a JSON body or by a query; POST charge: 충전 성공', async () => {
  const id = await club.newFan()
  const read = (amount: number) => ({ status: 200, body: { amount } })
  expect(await club.send({ method: 'GET', path: '/api/charge', body: { id } })).toEqual(read(0))
  const charge = { method: 'POST', path: '/api/charge', body: { userId: id, amount: 5_000 } } as const
  expect(await club.send(charge)).toEqual({ status: 200, body: '충전 성공' })
  expect(await club.send({ method: 'GET', path: `/api/charge?id=${id}` })).toEqual(read(5_000))
  expect(await club.send({ method: 'GET', path: '/api/charge', body: { id: `${id}` } })).toEqual(read(5_000))
})

test('POST payment: all that is held must come to the amount, else 409 with what it comes to, and nothing moves', async () => {
  const by = await walkIn(club, reservation, 200_000)
  await hold(club, reservation, by, seatOf(club, 0, 1))
  await hold(club, reservation, by, seatOf(club, 1, 1))
  const pay = (amount: unknown) =>
    club.send({ method: 'POST', path: '/api/payment', body: { userId: by.fanId, amount } })
  const mismatch = {
    status: 409,
    body: { error: { code: 'AMOUNT_MISMATCH', details: { expectedMinor: 100_000 } } },
  }
  for (const amount of [50_000, 99_999, 0, 100_001]) expect(await pay(amount)).toMatchObject(mismatch)
  expect(await club.send(reservation.readBalance(by))).toEqual({ status: 200, body: { amount: 200_000 } })
  expect(await pay('100000')).toEqual({ status: 200, body: '결제 성공' })
  expect(await pay(100_000)).toEqual({ status: 200, body: '결제 성공' })
  expect(await pay(50_000)).toMatchObject(mismatch)
  expect(await club.send(reservation.readBalance(by))).toEqual({ status: 200, body: { amount: 100_000 } })
})

test('an unpaid reservation that ran out gives its seat to the next and stays in history', async () => {
  const [by, other] = [await walkIn(club, reservation), await walkIn(club, reservation)]
  const seat = seatOf(club, 0, 40)
  const first = await hold(club, reservation, by, seat)
  await lapseHold(deps, { reservationId: reservationId.parse(first.holdId) })
  const second = await hold(club, reservation, other, seat)
  const { rows } = await deps.db.pool.query(
    'select id, state from reservations where seat_ids = array[$1::bigint] order by id',
    [seat.seatId],
  )
  expect(rows).toEqual([
    { id: first.holdId, state: 'EXPIRED' },
    { id: second.holdId, state: 'HELD' },
  ])
})
