import { balance, payment, refund, reservation, ticket } from '@greenroom/contract'
import { changeLine, lapseHold, makeShow } from '@greenroom/core/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chargeWallet, hold, makeBuyer, paymentOf, signUpInside } from './testing/fans-inside.ts'
import { attempt, serveV1 } from './testing/serve-v1.ts'

const v1 = await serveV1()

describe('paying', () => {
  test('once for each key, the first reply again, whoever asks how often', async () => {
    const { fan, reservationId } = await makeBuyer(v1, 80_000)
    const sent = paymentOf(reservationId)
    const answers = await Promise.all(Array.from({ length: 5 }, () => fan.call('POST /v1/payments', sent)))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 201, body: { amountMinor: 50_000, balanceMinor: 30_000 } })
    expect(await fan.ask(balance, 'GET /v1/wallet')).toMatchObject({ balanceMinor: 30_000 })
    const other = { ...sent, body: { reservationIds: [reservationId, 999_999] } }
    expect(await fan.refusal('POST /v1/payments', other)).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('spends the pass: it holds nothing more', async () => {
    const { fan, reservationId, showId } = await makeBuyer(v1)
    await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    const headers = { ...fan.pass, ...attempt() }
    expect(
      await fan.refusal(`POST /v1/shows/${showId}/holds/best`, { headers, body: { quantity: 1 } }),
    ).toMatchObject({ status: 401, code: 'PASS_REFUSED' })
  })

  test('402 with what is there and what is needed; after a charge the same key pays', async () => {
    const { fan, reservationId } = await makeBuyer(v1, 49_999)
    const sent = paymentOf(reservationId)
    expect(await fan.refusal('POST /v1/payments', sent)).toMatchObject({
      status: 402,
      code: 'BALANCE_TOO_LOW',
      details: { balanceMinor: 49_999, neededMinor: 50_000 },
    })
    await chargeWallet(fan, 1)
    expect(await fan.ask(payment, 'POST /v1/payments', sent)).toMatchObject({ balanceMinor: 0 })
  })

  test('410 when the hold ran out and somebody else has its seats', async () => {
    const show = await makeShow(v1.deps)
    const [slow, quick] = [await signUpInside(v1, show), await signUpInside(v1, show)]
    const { reservationId } = await hold(slow, show, [show.seatIds[0]])
    await chargeWallet(slow, 50_000)
    await lapseHold(v1.deps, { reservationId })
    await hold(quick, show, [show.seatIds[0]])
    expect(await slow.refusal('POST /v1/payments', paymentOf(reservationId))).toMatchObject({
      status: 410,
      code: 'HOLD_EXPIRED',
      details: { reservationId },
    })
    expect(await slow.ask(balance, 'GET /v1/wallet')).toMatchObject({ balanceMinor: 50_000 })
  })

  test('409 for a hold that ran out when the sale is over, or the fan has all they may have meanwhile', async () => {
    const show = await makeShow(v1.deps, { seatsPerFan: 1 })
    const fan = await signUpInside(v1, show)
    await chargeWallet(fan, 100_000)
    const { reservationId } = await hold(fan, show, [show.seatIds[0]])
    await lapseHold(v1.deps, { reservationId })
    await hold(fan, show, [show.seatIds[1]])
    expect(await fan.refusal('POST /v1/payments', paymentOf(reservationId))).toMatchObject({
      status: 409,
      code: 'SEAT_LIMIT_REACHED',
      details: { limit: 1 },
    })
    await changeLine(v1.deps, show.concertId, { closes_at: new Date(Date.now() - 1_000) })
    expect(await fan.refusal('POST /v1/payments', paymentOf(reservationId))).toMatchObject({
      status: 409,
      code: 'SALE_CLOSED',
    })
  })

  test('409 for what was let go or is paid, 404 for what is another’s', async () => {
    const [{ fan, reservationId }, { fan: another }] = [await makeBuyer(v1), await makeBuyer(v1)]
    expect(await another.refusal('POST /v1/payments', paymentOf(reservationId))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
      details: { what: 'reservation' },
    })
    await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    const ended = { status: 409, code: 'HOLD_ENDED', details: { reservationId, state: 'PAID' } }
    expect(await fan.refusal('POST /v1/payments', paymentOf(reservationId))).toMatchObject(ended)
    expect(await fan.refusal(`DELETE /v1/reservations/${reservationId}`)).toMatchObject(ended)
  })

  test('takes no amount and no price', async () => {
    const { fan, reservationId } = await makeBuyer(v1)
    const body = { reservationIds: [reservationId], amountMinor: 1 }
    expect(await fan.refusal('POST /v1/payments', { headers: attempt(), body })).toMatchObject({
      status: 400,
      details: { faults: [{ path: 'amountMinor' }] },
    })
  })

  test('is read by who paid, and by nobody else', async () => {
    const [{ fan, reservationId }, { fan: another }] = [await makeBuyer(v1), await makeBuyer(v1)]
    const { paymentId } = await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    expect((await fan.call(`GET /v1/payments/${paymentId}`)).status).toBe(200)
    expect(await another.refusal(`GET /v1/payments/${paymentId}`)).toMatchObject({
      status: 404,
      details: { what: 'payment' },
    })
    expect(await another.ask(z.array(payment), 'GET /v1/payments')).toEqual([])
  })
})

describe('giving back', () => {
  test('moves the money once for each key, and once in all', async () => {
    const { fan, reservationId } = await makeBuyer(v1)
    const path = `POST /v1/reservations/${reservationId}/refund`
    expect(await fan.refusal(path, { headers: attempt() })).toMatchObject({
      status: 409,
      code: 'NOT_REFUNDABLE',
      details: { reason: 'notPaid' },
    })
    await fan.ask(payment, 'POST /v1/payments', paymentOf(reservationId))
    const sent = { headers: attempt() }
    const first = await fan.ask(refund, path, sent)
    expect(first).toMatchObject({ amountMinor: 50_000, balanceMinor: 50_000 })
    expect(await fan.ask(refund, path, sent)).toEqual(first)
    expect(await fan.refusal(path, { headers: attempt() })).toMatchObject({
      details: { reason: 'alreadyRefunded' },
    })
    expect(await fan.ask(reservation, `GET /v1/reservations/${reservationId}`)).toMatchObject({
      state: 'REFUNDED',
    })
    expect(await fan.ask(z.array(ticket), 'GET /v1/tickets')).toMatchObject([{ state: 'VOID' }])
    const { fan: another, reservationId: theirs } = await makeBuyer(v1)
    expect(await fan.refusal(`POST /v1/reservations/${theirs}/refund`, { headers: attempt() })).toMatchObject(
      {
        status: 404,
      },
    )
    await another.ask(payment, 'POST /v1/payments', paymentOf(theirs))
    // keys of two fans never meet
    expect((await another.call(`POST /v1/reservations/${theirs}/refund`, sent)).status).toBe(200)
  })
})

describe('every POST that moves a seat or money', () => {
  test.for([
    ['/v1/shows/1/holds', { seatIds: [1] }],
    ['/v1/shows/1/holds/best', { quantity: 1 }],
    ['/v1/wallet/charges', { amountMinor: 1 }],
    ['/v1/payments', { reservationIds: [1] }],
    ['/v1/reservations/1/refund', undefined],
  ] as const)('%s wants an Idempotency-Key', async ([path, body]) => {
    const fan = await v1.signUp()
    const headers = { 'queue-pass': 'any' }
    const sent = body === undefined ? {} : { body }
    for (const key of [{}, { 'idempotency-key': 'short' }, { 'idempotency-key': 'no spaces please' }]) {
      const refusal = await fan.refusal(`POST ${path}`, { headers: { ...headers, ...key }, ...sent })
      expect(refusal).toMatchObject({ status: 400, code: 'BAD_INPUT' })
      expect(refusal.details).toMatchObject({ faults: [{ path: 'idempotency-key' }] })
    }
  })
})
