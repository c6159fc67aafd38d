import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrokenRules } from './support/check-books.ts'
import { type OnSale, startOnSale, theatre } from './support/on-sale.ts'
import { hold, signUpFans, walkIn } from './support/virtual-fan.ts'

const payerCount = 60

let sale: OnSale

beforeAll(async () => {
  sale = await startOnSale({ env: { DATABASE_POOL_SIZE: '3' } })
})
afterAll(() => sale.close())

test('60 fans pay at once through 3 connections: all succeed, nothing hangs, the books are right', async () => {
  const fans = await signUpFans(sale.url, payerCount)
  const buyers = await Promise.all(
    fans.map(async (fan, at) => {
      const pass = await walkIn(fan, theatre.concertId)
      return { fan, held: await hold(fan, theatre.shows[0], pass, [theatre.seat(at + 1)]) }
    }),
  )
  await Promise.all(
    buyers.map(({ fan, held }) =>
      fan.api.wallet.charge.mutate({ amountMinor: held.amountMinor, idempotencyKey: randomUUID() }),
    ),
  )
  const payments = await Promise.all(
    buyers.map(({ fan, held }) =>
      fan.api.payments.pay.mutate({ reservationIds: [held.reservationId], idempotencyKey: randomUUID() }),
    ),
  )
  expect(new Set(payments.flatMap((payment) => payment.ticketIds)).size).toBe(payerCount)
  expect(payments.filter((payment) => payment.balanceMinor !== 0)).toEqual([])
  expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
})
