import type { HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { createPaymentCount } from './count-payments.ts'

const call = { actor: 1, fanId: 1, concertId: 1, startMs: 0, endMs: 1 }
const pay = (paymentId: number): HistoryEvent => ({
  ...call,
  op: 'pay',
  outcome: 'ok',
  reservationIds: [paymentId],
  paymentId,
})

test('a payment counts once, at its first answer, however often it is sent again', () => {
  let isBroken = false
  const { count, take } = createPaymentCount(() => isBroken)
  take(pay(1))
  isBroken = true
  for (const paymentId of [1, 2, 2, 3]) take(pay(paymentId))
  isBroken = false
  take(pay(3))
  expect(count).toEqual({ acknowledged: 3, duringFaults: 2 })
})

test('what was refused, not answered, or is no payment counts for nothing', () => {
  const { count, take } = createPaymentCount(() => true)
  take({ ...call, op: 'pay', outcome: 'unknown', reservationIds: [1] })
  take({ ...call, op: 'pay', outcome: 'refused', reservationIds: [1], code: 'HOLD_EXPIRED' })
  take({ ...call, op: 'leave', outcome: 'ok' })
  expect(count).toEqual({ acknowledged: 0, duringFaults: 0 })
})
