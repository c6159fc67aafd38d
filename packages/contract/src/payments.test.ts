import { expect, test } from 'vitest'
import { payInput, refundInput } from './payments.ts'
import { chargeInput, maxChargeMinor } from './wallet.ts'

const idempotencyKey = 'attempt-1'

test('a price or an amount that a client sends with a payment or a refund goes no further than the edge', () => {
  const wish = { reservationIds: [7], idempotencyKey }
  expect(
    payInput.parse({ ...wish, amountMinor: 1, expectedMinor: 1, priceMinor: 1, currency: 'USD' }),
  ).toEqual(wish)
  const back = { reservationId: 7, idempotencyKey }
  expect(refundInput.parse({ ...back, amountMinor: 1_000_000 })).toEqual(back)
})

test('a charge is a whole positive amount up to the limit, and names what is wrong with any other', () => {
  expect(chargeInput.parse({ amountMinor: maxChargeMinor, idempotencyKey })).toBeDefined()
  for (const amountMinor of [
    0,
    -1,
    0.5,
    maxChargeMinor + 1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '10',
    null,
  ]) {
    const refused = chargeInput.safeParse({ amountMinor, idempotencyKey })
    expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['amountMinor'])
  }
})

test('an idempotency key is short plain text, so that it can be logged and compared', () => {
  for (const key of ['', 'short', 'x'.repeat(101), 'with space', 'line\nbreak', '열쇠열쇠열쇠열쇠'])
    expect(chargeInput.safeParse({ amountMinor: 1, idempotencyKey: key }).success).toBe(false)
  expect(chargeInput.safeParse({ amountMinor: 1, idempotencyKey: crypto.randomUUID() }).success).toBe(true)
})
