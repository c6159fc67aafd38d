import {
  account,
  balance,
  concertPage,
  concertSummary,
  payment,
  refund,
  reservation,
  seatList,
  showSummary,
  statement,
  ticket,
} from '@greenroom/contract'
import { makeShow } from '@greenroom/core/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { queuePlace } from './queue-place.ts'
import { attempt, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

test('a newcomer gets from sign-up to a ticket and back with nothing but HTTP', async () => {
  const { concertId, showId } = await makeShow(v1.deps, { seatCount: 6, priceMinor: 55_000 })
  const concerts = await v1.nobody.ask(z.array(concertSummary), 'GET /v1/concerts')
  expect(concerts.map((each) => each.concertId)).toContain(concertId)
  const page = await v1.nobody.ask(concertPage, `GET /v1/concerts/${concertId}`)
  expect(page.categories).toMatchObject([{ code: 0, priceMinor: 55_000 }])
  const shows = await v1.nobody.ask(z.array(showSummary), `GET /v1/concerts/${concertId}/shows`)
  expect(shows).toMatchObject([{ showId, stock: [{ code: 0, total: 6, available: 6 }] }])

  const fan = await v1.signUp()
  expect(await fan.ask(account, 'GET /v1/me')).toMatchObject({ accountId: fan.fanId, locale: 'ko' })
  const place = await fan.ask(queuePlace, `POST /v1/concerts/${concertId}/queue`)
  if (place.state !== 'ACTIVE') throw new Error(place.state)
  const inside = { 'queue-pass': place.pass }

  const free = await fan.ask(seatList, `GET /v1/shows/${showId}/seats?status=available&limit=2`, {
    headers: inside,
  })
  expect(free.seats.map(({ seatNo, status }) => [seatNo, status])).toEqual([
    [1, 'available'],
    [2, 'available'],
  ])
  const seatIds = free.seats.map(({ seatId }) => seatId)
  const held = await fan.ask(reservation, `POST /v1/shows/${showId}/holds`, {
    headers: { ...inside, ...attempt() },
    body: { seatIds },
  })
  expect(held).toMatchObject({ state: 'HELD', amountMinor: 110_000 })
  expect(await fan.ask(z.array(reservation), 'GET /v1/reservations')).toMatchObject([
    { reservationId: held.reservationId, state: 'HELD' },
  ])

  await fan.ask(balance, 'POST /v1/wallet/charges', { headers: attempt(), body: { amountMinor: 120_000 } })
  const paid = await fan.ask(payment, 'POST /v1/payments', {
    headers: attempt(),
    body: { reservationIds: [held.reservationId] },
  })
  expect(paid).toMatchObject({ amountMinor: 110_000, balanceMinor: 10_000 })
  expect(await fan.ask(payment, `GET /v1/payments/${paid.paymentId}`)).toEqual(paid)
  expect(await fan.ask(z.array(payment), 'GET /v1/payments')).toEqual([paid])

  const tickets = await fan.ask(z.array(ticket), 'GET /v1/tickets')
  expect(new Set(tickets.map(({ ticketId }) => ticketId))).toEqual(new Set(paid.ticketIds))
  const [first] = tickets
  expect(await fan.ask(ticket, `GET /v1/tickets/${first?.ticketId}`)).toEqual(first)

  const back = await fan.ask(refund, `POST /v1/reservations/${held.reservationId}/refund`, {
    headers: attempt(),
  })
  expect(back).toMatchObject({ amountMinor: 110_000, balanceMinor: 120_000 })
  expect(await fan.ask(reservation, `GET /v1/reservations/${held.reservationId}`)).toMatchObject({
    state: 'REFUNDED',
  })
  const { lines } = await fan.ask(statement, 'GET /v1/wallet/transfers')
  expect(lines.map(({ kind, changeMinor }) => [kind, changeMinor])).toEqual([
    ['refund', 110_000],
    ['payment', -110_000],
    ['charge', 120_000],
  ])
  expect((await fan.call('DELETE /v1/sessions/current')).status).toBe(204)
  expect(await fan.refusal('GET /v1/me')).toMatchObject({ status: 401, code: 'SIGN_IN_REQUIRED' })
})
