import { randomUUID } from 'node:crypto'
import type { ErrorCode, PaymentId, RefundPaymentInput } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { balanceOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, listTickets } from '../tickets/index.ts'
import { findPaymentsFor, pay, readPaymentDetails, refund, refundPayment } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)

/** A payment of two reservations: two seats and one. */
async function buy() {
  const show = await makeShow(deps, { priceMinor: 10_000 })
  const fanId = await makeRichFan(deps, 100_000)
  const first = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 2) })
  const second = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(2, 3) })
  const { paymentId } = await pay(deps, {
    fanId,
    reservationIds: [first, second],
    idempotencyKey: randomUUID(),
  })
  return { show, fanId, first, second, paymentId }
}

const wish = (paymentId: PaymentId, reservationIds: RefundPaymentInput['reservationIds']) => ({
  operatorId,
  paymentId,
  reservationIds,
  reason: 'double booking',
  evenIfUsed: false,
  idempotencyKey: randomUUID(),
})

test('an operator gives one reservation of a payment back, or all, also after the show has begun; audited with the reason', async () => {
  const { show, fanId, first, second, paymentId } = await buy()
  await deps.db.pool.query("update shows set starts_at = now() - interval '1 hour' where id = $1", [
    show.showId,
  ])
  expect(await refundPayment(deps, wish(paymentId, [second]))).toMatchObject({ amountMinor: 10_000 })
  expect([await stateOf(deps, first), await stateOf(deps, second)]).toEqual(['PAID', 'REFUNDED'])
  expect(await refundPayment(deps, wish(paymentId, [first]))).toMatchObject({ amountMinor: 20_000 })
  expect(await balanceOf(deps, fanId)).toBe(100_000)
  const audited = (await listAudit(deps)).filter(({ target }) => target === `payment ${paymentId}`)
  expect(audited).toMatchObject([
    {
      action: 'payment.refund',
      before: { reservations: [{ reservationId: first, state: 'PAID' }] },
      after: { reservationIds: [first], reason: 'double booking' },
    },
    { after: { reservationIds: [second] } },
  ])
  expect(await checkLedger(deps)).toEqual([])
})

test('the same key again, or 20 at once, is one refund and one reply; another wish with it is refused', async () => {
  const { fanId, first, second, paymentId } = await buy()
  const input = wish(paymentId, [first, second])
  const replies = await Promise.all(Array.from({ length: 20 }, () => refundPayment(deps, input)))
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(await balanceOf(deps, fanId)).toBe(100_000)
  await expect(refundPayment(deps, { ...input, reservationIds: [first] })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED' satisfies ErrorCode,
  })
})

test('an operator, another one, the fan and a gate at the same moment: one effect, or one admission', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { fanId, first, second, paymentId } = await buy()
    const code = (await listTickets(deps, fanId)).find(({ reservationId }) => reservationId === first)?.code
    const [gate, ...refunds] = await Promise.allSettled([
      admitTicket(deps, { operatorId, code: code ?? '' }),
      refundPayment(deps, wish(paymentId, [first, second])),
      refundPayment(deps, wish(paymentId, [second, first])),
      refund(deps, { fanId, reservationId: first, idempotencyKey: randomUUID() }),
    ])
    const done = valuesOf<unknown>(refunds)
    expect(done.length, 'at most one of them gave the first back').toBeLessThanOrEqual(1)
    expect(done.length === 0 || gate?.status !== 'fulfilled', 'nobody is in with the money').toBe(true)
    for (const refusal of refusalsOf(refunds)) expect(refusal).toMatchObject({ code: 'NOT_REFUNDABLE' })
  }
  expect(await checkLedger(deps)).toEqual([])
})

test('a used ticket is in the way, unless the operator says that it is not; it still says when it was used', async () => {
  const { fanId, first, second, paymentId } = await buy()
  const [ticket] = await listTickets(deps, fanId)
  await admitTicket(deps, { operatorId, code: ticket?.code ?? '' })
  await expect(refundPayment(deps, wish(paymentId, [first, second]))).rejects.toMatchObject({
    code: 'NOT_REFUNDABLE' satisfies ErrorCode,
    details: { reason: 'ticketUsed' },
  })
  expect(await balanceOf(deps, fanId)).toBe(70_000)
  await refundPayment(deps, { ...wish(paymentId, [first, second]), evenIfUsed: true })
  expect(await balanceOf(deps, fanId)).toBe(100_000)
  const { reservations } = await readPaymentDetails(deps, { paymentId })
  const [used] = reservations.flatMap(({ tickets }) => tickets).filter(({ usedAtMs }) => usedAtMs !== null)
  expect(used).toMatchObject({ ticketId: ticket?.ticketId, state: 'VOID' })
  expect(await checkLedger(deps)).toEqual([])
})

test('what is not of this payment, not there or given back is refused, and nothing of it is done', async () => {
  const [mine, other] = [await buy(), await buy()]
  const refused = (code: ErrorCode, details: object) => ({ code, details })
  await expect(refundPayment(deps, wish(mine.paymentId, [mine.first, other.first]))).rejects.toMatchObject(
    refused('NOT_FOUND', { what: 'reservation' }),
  )
  await expect(refundPayment(deps, wish(mine.paymentId, [other.first]))).rejects.toMatchObject(
    refused('NOT_FOUND', { what: 'payment' }),
  )
  await refundPayment(deps, wish(mine.paymentId, [mine.first]))
  await expect(refundPayment(deps, wish(mine.paymentId, [mine.first, mine.second]))).rejects.toMatchObject(
    refused('NOT_REFUNDABLE', { reason: 'alreadyRefunded' }),
  )
  expect(await stateOf(deps, mine.second)).toBe('PAID')
})

test('a connection that dies before any statement, or after the commit, leaves all or nothing', async () => {
  const whole = await buy()
  const counted = breakingDeps(deps, { before: Number.POSITIVE_INFINITY })
  await refundPayment(counted.deps, wish(whole.paymentId, [whole.second]))
  for (let statement = 1; statement <= counted.statements(); statement += 1) {
    const { fanId, second, paymentId } = await buy()
    const input = wish(paymentId, [second])
    await expect(refundPayment(breakingDeps(deps, { before: statement }).deps, input)).rejects.toThrow(
      /terminat|connection/i,
    )
    expect(await balanceOf(deps, fanId), `statement ${statement}`).toBe(70_000)
    await refundPayment(deps, input)
    expect(await balanceOf(deps, fanId)).toBe(80_000)
  }
  const { fanId, first, paymentId } = await buy()
  const input = wish(paymentId, [first])
  await expect(refundPayment(breakingDeps(deps, 'afterCommit').deps, input)).rejects.toThrow(
    /terminat|connection/i,
  )
  expect(await refundPayment(deps, input)).toMatchObject({ amountMinor: 20_000 })
  expect(await balanceOf(deps, fanId)).toBe(90_000)
  expect(await checkLedger(deps)).toEqual([])
}, 30_000)

test('a payment is found by its number, its address in any case, and a ticket of it, and shown whole', async () => {
  const { fanId, first, second, paymentId } = await buy()
  const [ticket] = await listTickets(deps, fanId)
  const { fanEmail, reservations } = await readPaymentDetails(deps, { paymentId })
  for (const query of [String(paymentId), fanEmail.toUpperCase(), ticket?.code ?? ''])
    expect(await findPaymentsFor(deps, { query })).toMatchObject([{ paymentId, amountMinor: 30_000 }])
  expect(reservations).toMatchObject([
    { reservationId: first, state: 'PAID', tickets: [{ state: 'VALID' }, { state: 'VALID' }] },
    { reservationId: second, state: 'PAID', tickets: [{ state: 'VALID' }] },
  ])
  for (const query of ['999999', 'nobody@test.example', 'a.b.c', `${ticket?.code}x`, "' or 1=1 --"])
    expect(await findPaymentsFor(deps, { query })).toEqual([])
})
