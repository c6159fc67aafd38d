import { randomUUID } from 'node:crypto'
import type { Reservation } from '@greenroom/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { known } from './support/known.ts'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { refusalOf } from './support/refusal.ts'
import { buy, hold, signIn, signUpFan, type VirtualFan, walkIn } from './support/virtual-fan.ts'

let sale: OnSale
let owner: VirtualFan
let stranger: VirtualFan
let ownerPass: string
let held: Reservation

beforeAll(async () => {
  sale = await startOnSale()
  ;[owner, stranger] = await Promise.all([signUpFan(sale.url), signUpFan(sale.url)])
  ownerPass = await walkIn(owner, club.concertId)
  await walkIn(stranger, club.concertId)
  held = await hold(owner, club.shows[0], ownerPass, [club.seat(1), club.seat(2)])
})
afterAll(() => sale.close())

describe("another fan's things are refused", () => {
  test('their pass', async () => {
    const holding = stranger.api.reservations.hold.mutate({
      showId: club.shows[0],
      pass: ownerPass,
      seatIds: [club.seat(3)],
    })
    expect(await refusalOf(holding)).toMatchObject({ code: 'PASS_REFUSED', details: { reason: 'otherFan' } })
    const looking = stranger.api.seats.snapshot.query({ showId: club.shows[0], pass: ownerPass })
    expect(await refusalOf(looking)).toMatchObject({ code: 'PASS_REFUSED' })
  })

  test('their hold: not read, not released, not paid', async () => {
    const { reservationId } = held
    const idempotencyKey = randomUUID()
    await stranger.api.wallet.charge.mutate({ amountMinor: 1_000_000, idempotencyKey: randomUUID() })
    const calls = [
      stranger.api.reservations.get.query({ reservationId }),
      stranger.api.reservations.release.mutate({ reservationId }),
      stranger.api.payments.pay.mutate({ reservationIds: [reservationId], idempotencyKey }),
    ]
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await owner.api.reservations.get.query({ reservationId })).toMatchObject({ state: 'HELD' })
  })

  test('their ticket and their refund', async () => {
    const { ticketIds } = await buy(owner, held)
    const ticketId = known(ticketIds[0], 'ticket')
    expect(await refusalOf(stranger.api.tickets.get.query({ ticketId }))).toMatchObject({ code: 'NOT_FOUND' })
    const refunding = stranger.api.payments.refund.mutate({
      reservationId: held.reservationId,
      idempotencyKey: randomUUID(),
    })
    expect(await refusalOf(refunding)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await stranger.api.tickets.list.query()).toEqual([])
  })
})

test('an altered pass and none at all are refused', async () => {
  const altered = `${ownerPass.slice(0, -2)}xx`
  const holding = owner.api.reservations.hold.mutate({
    showId: club.shows[0],
    pass: altered,
    seatIds: [club.seat(9)],
  })
  expect(await refusalOf(holding)).toMatchObject({ code: 'PASS_REFUSED' })
})

test('a price or an amount sent by the client never decides what is charged', async () => {
  const fan = await signUpFan(sale.url)
  const pass = await walkIn(fan, club.concertId)
  const wanted = { showId: club.shows[0], pass, seatIds: [club.seat(20)], priceMinor: 1, amountMinor: 1 }
  const { result } = await post(fan, 'reservations.hold', wanted)
  expect(result.data.amountMinor).toBeGreaterThan(50_000)
  await fan.api.wallet.charge.mutate({ amountMinor: 200_000, idempotencyKey: randomUUID() })
  const payment = {
    reservationIds: [result.data.reservationId],
    idempotencyKey: randomUUID(),
    amountMinor: 1,
    priceMinor: 0,
  }
  const paid = await post(fan, 'payments.pay', payment)
  expect(paid.result.data.amountMinor).toBe(result.data.amountMinor)
  const { balanceMinor } = await fan.api.wallet.balance.query()
  expect(balanceMinor).toBe(200_000 - result.data.amountMinor)
})

test('a replayed payment has one effect; another body with the same key is refused', async () => {
  const fan = await signUpFan(sale.url)
  const pass = await walkIn(fan, club.concertId)
  const first = await hold(fan, club.shows[1], pass, [club.seat(51)])
  const second = await hold(fan, club.shows[1], pass, [club.seat(53)])
  await fan.api.wallet.charge.mutate({ amountMinor: 500_000, idempotencyKey: randomUUID() })
  const idempotencyKey = randomUUID()
  const pay = () => fan.api.payments.pay.mutate({ reservationIds: [first.reservationId], idempotencyKey })
  const replies = await Promise.all(Array.from({ length: 10 }, pay))
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  const other = fan.api.payments.pay.mutate({ reservationIds: [second.reservationId], idempotencyKey })
  expect(await refusalOf(other)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  const { balanceMinor } = await fan.api.wallet.balance.query()
  expect(balanceMinor).toBe(500_000 - first.amountMinor)
})

describe('what operators alone may see', () => {
  test.for(['/metrics', '/admin/queues', '/admin/queues/api/queues'])('%s', async (path) => {
    const operator = await signIn(sale.url, 'operator@greenroom.example')
    expect((await fetch(sale.url + path)).status).toBe(401)
    expect(
      (await fetch(sale.url + path, { headers: { authorization: `Bearer ${stranger.token}` } })).status,
    ).toBe(403)
    expect(
      (await fetch(sale.url + path, { headers: { authorization: `Bearer ${operator.token}` } })).status,
    ).toBe(200)
  })

  test('the procedures that steer a sale', async () => {
    const steering = stranger.api.operator.steerLine.mutate({ concertId: club.concertId, action: 'close' })
    expect(await refusalOf(steering)).toMatchObject({ code: 'FORBIDDEN' })
    const admitting = stranger.api.tickets.admit.mutate({ code: 'x' })
    expect(await refusalOf(admitting)).toMatchObject({ code: 'FORBIDDEN' })
  })
})

test('the gate admits each ticket once', async () => {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const fan = await signUpFan(sale.url)
  await buy(fan, await hold(fan, club.shows[1], await walkIn(fan, club.concertId), [club.seat(90)]))
  const [ticket] = await fan.api.tickets.list.query()
  const code = known(ticket?.code, 'ticket')
  expect(await operator.api.tickets.admit.mutate({ code })).toMatchObject({ seatId: 90 })
  expect(await refusalOf(operator.api.tickets.admit.mutate({ code }))).toMatchObject({ code: 'TICKET_USED' })
})

type HeldOrPaid = { result: { data: { amountMinor: number; reservationId: number } } }

/** Past the typed client, which would not let these fields through. */
async function post(fan: VirtualFan, procedure: string, body: object): Promise<HeldOrPaid> {
  const response = await fetch(`${sale.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${fan.token}` },
    body: JSON.stringify(body),
  })
  return (await response.json()) as HeldOrPaid
}
