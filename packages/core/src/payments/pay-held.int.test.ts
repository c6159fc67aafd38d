import { randomUUID } from 'node:crypto'
import type { AccountId, Payment, ReservationId } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { expireReservation, releaseReservation } from '../reservations/index.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { addShow, makeShow, type ShowOptions, type TestShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { balanceOf, stateOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { takePlace } from '../waiting-room/index.ts'
import { charge } from '../wallet/index.ts'
import { listPayments, pay, payHeld, readPayment, refund, repeatHeldPayment } from './index.ts'

const deps = await createTestDeps()

type Sale = { show: TestShow; fanId: AccountId; concertId: TestShow['concertId'] }

const openSale = async (options: ShowOptions = {}): Promise<Sale> => {
  const show = await makeShow(deps, { priceMinor: 10_000, ...options })
  return { show, fanId: await makeRichFan(deps, 100_000), concertId: show.concertId }
}

/** A hold of one seat of the show, by its place there. */
const hold = async ({ show, fanId }: Pick<Sale, 'show' | 'fanId'>, seat: number): Promise<ReservationId> =>
  await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(seat, seat + 1) })

const expectSound = async (): Promise<void> => expect(await checkLedger(deps)).toEqual([])

describe('without names', () => {
  test('all live holds of the concert are paid together, over all its dates, and no other concert', async () => {
    const sale = await openSale()
    const second = await addShow(deps, sale.concertId)
    const other = await makeShow(deps)
    const ids = [await hold(sale, 0), await hold(sale, 3), await hold({ ...sale, show: second }, 0)]
    const elsewhere = await hold({ ...sale, show: other }, 0)
    const paid = await payHeld(deps, { ...sale, expectedMinor: 30_000 })
    expect(paid).toMatchObject({ reservationIds: ids, amountMinor: 30_000, balanceMinor: 70_000 })
    expect(await stateOf(deps, elsewhere)).toBe('HELD')
    await expectSound()
  })

  test('asked again it gives the first reply again, whatever happened to the wallet since', async () => {
    const sale = await openSale()
    await hold(sale, 0)
    const first = await payHeld(deps, sale)
    await charge(deps, { fanId: sale.fanId, amountMinor: 5_000, idempotencyKey: randomUUID() })
    expect(await payHeld(deps, sale)).toEqual(first)
    expect(await payHeld(deps, { ...sale, expectedMinor: 10_000 })).toEqual(first)
    expect(await balanceOf(deps, sale.fanId)).toBe(95_000)
    await expectSound()
  })

  test('a second purchase is not mistaken for the first one', async () => {
    const sale = await openSale()
    await hold(sale, 0)
    const first = await payHeld(deps, sale)
    await hold(sale, 1)
    expect(await repeatHeldPayment(deps, sale)).toBeUndefined()
    const second = await payHeld(deps, sale)
    expect(second.paymentId).not.toBe(first.paymentId)
    expect(await payHeld(deps, sale)).toEqual(second)
    await expectSound()
  })

  test('a token that bought nothing repeats no payment that an earlier one made; without a look at it, it would', async () => {
    const sale = await openSale({ capacity: 1 })
    const first = await takePlace(deps, sale)
    await hold(sale, 0)
    const paid = await payHeld(deps, { ...sale, token: first.token })
    expect(await repeatHeldPayment(deps, { ...sale, token: first.token })).toEqual(paid)
    const fresh = await takePlace(deps, sale)
    expect(fresh.state).toBe('active')
    expect(await repeatHeldPayment(deps, { ...sale, token: fresh.token })).toBeUndefined()
    await expect(payHeld(deps, { ...sale, token: fresh.token })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await repeatHeldPayment(deps, sale)).toEqual(paid)
    await hold(sale, 1)
    const replies = await Promise.all([1, 2, 3].map(() => payHeld(deps, { ...sale, token: fresh.token })))
    expect(new Set(replies.map(({ paymentId }) => paymentId)).size).toBe(1)
    expect(await repeatHeldPayment(deps, { ...sale, token: fresh.token })).toEqual(replies[0])
    expect(await balanceOf(deps, sale.fanId)).toBe(80_000)
  })

  test("another fan's token, or one of another concert, is refused where it would decide", async () => {
    const [sale, other] = [await openSale(), await openSale()]
    await hold(sale, 0)
    await payHeld(deps, sale)
    const foreign = await takePlace(deps, { concertId: sale.concertId, fanId: other.fanId })
    const elsewhere = await takePlace(deps, { concertId: other.concertId, fanId: sale.fanId })
    for (const { token } of [foreign, elsewhere])
      await expect(payHeld(deps, { ...sale, token })).rejects.toMatchObject({ code: 'RECEIPT_REFUSED' })
  })

  test('who never held anything is told so', async () => {
    const sale = await openSale()
    await expect(payHeld(deps, sale)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { what: 'reservation' },
    })
  })

  test('a hold that ran out after a payment is not taken for that payment', async () => {
    const sale = await openSale()
    await hold(sale, 0)
    await payHeld(deps, sale)
    const late = await hold(sale, 1)
    await lapseNow(late)
    await expect(payHeld(deps, sale)).rejects.toMatchObject({
      code: 'HOLD_EXPIRED',
      details: { reservationId: late },
    })
  })

  test('a hold that was let go, or refunded, is not paid for by a repeat', async () => {
    const sale = await openSale()
    const released = await hold(sale, 0)
    await releaseReservation(deps, { fanId: sale.fanId, reservationId: released })
    await expect(payHeld(deps, sale)).rejects.toMatchObject({
      code: 'HOLD_ENDED',
      details: { reservationId: released, state: 'RELEASED' },
    })
    const refunded = await hold(sale, 1)
    await payHeld(deps, sale)
    await refund(deps, { fanId: sale.fanId, reservationId: refunded, idempotencyKey: randomUUID() })
    for (const wish of [sale, { ...sale, reservationIds: [refunded] }]) {
      await expect(payHeld(deps, wish)).rejects.toMatchObject({
        code: 'HOLD_ENDED',
        details: { reservationId: refunded, state: 'REFUNDED' },
      })
    }
    expect(await balanceOf(deps, sale.fanId)).toBe(100_000)
    await expectSound()
  })
})

describe('by name', () => {
  test('pays those alone; again, it gives the first reply again', async () => {
    const sale = await openSale()
    const [one, other] = [await hold(sale, 0), await hold(sale, 1)]
    const first = await payHeld(deps, { fanId: sale.fanId, reservationIds: [one], expectedMinor: 10_000 })
    expect(first.reservationIds).toEqual([one])
    expect(await stateOf(deps, other)).toBe('HELD')
    expect(await payHeld(deps, { ...sale, reservationIds: [one, one] })).toEqual(first)
    expect(await repeatHeldPayment(deps, { fanId: sale.fanId, reservationIds: [one] })).toEqual(first)
    await expectSound()
  })

  test('what was paid over another door, with a key, is the same payment', async () => {
    const sale = await openSale()
    const ids = [await hold(sale, 0), await hold(sale, 1)]
    const first = await pay(deps, { fanId: sale.fanId, reservationIds: ids, idempotencyKey: randomUUID() })
    expect(await payHeld(deps, { fanId: sale.fanId, reservationIds: ids.toReversed() })).toEqual(first)
    expect(await payHeld(deps, sale)).toEqual(first)
  })

  test('one of several that were paid together is no payment of its own', async () => {
    const sale = await openSale()
    const [one] = [await hold(sale, 0), await hold(sale, 1)]
    await payHeld(deps, sale)
    await expect(payHeld(deps, { ...sale, reservationIds: [one] })).rejects.toMatchObject({
      code: 'HOLD_ENDED',
      details: { reservationId: one, state: 'PAID' },
    })
  })

  test("another fan's, another concert's and unknown ones are not found, paid or not", async () => {
    const sale = await openSale()
    const thief = await makeRichFan(deps)
    const [held, paid] = [await hold(sale, 0), await hold(sale, 1)]
    await payHeld(deps, { fanId: sale.fanId, reservationIds: [paid] })
    const { concertId } = await makeShow(deps)
    const wishes = [
      { fanId: thief, reservationIds: [held] },
      { fanId: thief, reservationIds: [paid] },
      { fanId: sale.fanId, concertId, reservationIds: [held] },
      { fanId: sale.fanId, concertId, reservationIds: [paid] },
      { fanId: sale.fanId, reservationIds: [held, 999_999_999 as ReservationId] },
      { fanId: sale.fanId, reservationIds: [] },
    ]
    for (const wish of wishes) {
      await expect(payHeld(deps, wish)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        details: { what: 'reservation' },
      })
    }
    expect(await balanceOf(deps, thief)).toBe(1_000_000)
    expect(await stateOf(deps, held)).toBe('HELD')
  })
})

describe('refusals', () => {
  test('a hold that is over is not paid, swept or not; with a key it would be', async () => {
    const sale = await openSale()
    const [swept, unswept] = [await hold(sale, 0), await hold(sale, 1)]
    for (const reservationId of [swept, unswept]) await lapseNow(reservationId)
    expect(await expireReservation(deps, swept)).toBe(true)
    for (const wish of [sale, ...[swept, unswept].map((id) => ({ ...sale, reservationIds: [id] }))]) {
      await expect(payHeld(deps, wish)).rejects.toMatchObject({ code: 'HOLD_EXPIRED' })
    }
    expect(await balanceOf(deps, sale.fanId)).toBe(100_000)
    await pay(deps, { fanId: sale.fanId, reservationIds: [swept, unswept], idempotencyKey: randomUUID() })
    await expectSound()
  })

  test('a wrong amount is told the right one and moves nothing, before and after the payment', async () => {
    const sale = await openSale()
    const reservationId = await hold(sale, 0)
    const mismatch = { code: 'AMOUNT_MISMATCH', details: { expectedMinor: 10_000 } }
    const wrong = { ...sale, expectedMinor: 9_999 }
    await expect(payHeld(deps, wrong)).rejects.toMatchObject(mismatch)
    expect(await stateOf(deps, reservationId)).toBe('HELD')
    await payHeld(deps, sale)
    await expect(payHeld(deps, wrong)).rejects.toMatchObject(mismatch)
    await expect(payHeld(deps, { ...wrong, reservationIds: [reservationId] })).rejects.toMatchObject(mismatch)
    expect(await balanceOf(deps, sale.fanId)).toBe(90_000)
    await expectSound()
  })

  test('too little money leaves the hold as it was, to be paid after a charge', async () => {
    const { show, concertId } = await openSale()
    const fanId = await makeFan(deps)
    const reservationId = await hold({ show, fanId }, 0)
    await expect(payHeld(deps, { fanId, concertId })).rejects.toMatchObject({ code: 'BALANCE_TOO_LOW' })
    expect(await stateOf(deps, reservationId)).toBe('HELD')
    await charge(deps, { fanId, amountMinor: 10_000, idempotencyKey: randomUUID() })
    expect(await payHeld(deps, { fanId, concertId })).toMatchObject({ balanceMinor: 0 })
    await expectSound()
  })
})

describe('at the same moment', () => {
  test('twenty of the same, named or not, through two processes: one payment, twenty replies', async () => {
    const processes = [deps, openProcess(deps)]
    for (let round = 0; round < 10; round++) {
      const sale = await openSale()
      const ids = [await hold(sale, 0), await hold(sale, 1)]
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          payHeld(processes[n % 2] ?? deps, n % 3 === 0 ? sale : { ...sale, reservationIds: ids }),
        ),
      )
      expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
      expect(await balanceOf(deps, sale.fanId)).toBe(80_000)
    }
    await expectSound()
  })

  test('a free ticket that waited for a charge of the same wallet repeats the balance it was told', async () => {
    const sale = await openSale({ priceMinor: 0 })
    const { fanId } = sale
    await hold(sale, 0)
    const wallet = { text: 'select from wallets where account_id = $1 for update', values: [fanId] }
    const charged = { fanId, amountMinor: 5_000, idempotencyKey: randomUUID() }
    const [, paid] = await meetInOrder(deps, wallet, [() => charge(deps, charged), () => payHeld(deps, sale)])
    expect(paid).toMatchObject({ value: { amountMinor: 0, balanceMinor: 105_000 } })
    expect(await payHeld(deps, sale)).toEqual(Reflect.get(Object(paid), 'value'))
  })

  test('those who do not look again are refused instead of told the reply', async () => {
    const sale = await openSale()
    const ids = [await hold(sale, 0)]
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        pay(deps, { fanId: sale.fanId, reservationIds: ids, idempotencyKey: randomUUID() }),
      ),
    )
    expect(valuesOf<Payment>(outcomes)).toHaveLength(1)
    expect(refusalsOf(outcomes)).toMatchObject(Array(4).fill({ code: 'HOLD_ENDED' }))
  })

  test('a hold taken while another is paid is paid once, by whoever comes to it', async () => {
    const sale = await openSale()
    const first = await hold(sale, 0)
    const [one, both] = await Promise.allSettled([
      payHeld(deps, { ...sale, reservationIds: [first] }),
      hold(sale, 1).then(() => payHeld(deps, sale)),
    ])
    // whoever names one that was paid together with another is told that it is over
    const told: unknown =
      one.status === 'fulfilled' ? one.value.reservationIds : Reflect.get(Object(one.reason), 'code')
    expect([[first], 'HOLD_ENDED']).toContainEqual(told)
    expect(both).toMatchObject({ status: 'fulfilled' })
    expect(await balanceOf(deps, sale.fanId)).toBe(80_000)
    await expectSound()
  })
})

test('a payment reads as its reply was, with what was given back since, for its own fan alone', async () => {
  const sale = await openSale({ seatsPerFan: 6 })
  const free = await openSale({ priceMinor: 0 })
  const [kept, returned] = [await hold(sale, 0), await hold(sale, 1)]
  const first = await payHeld(deps, sale)
  await refund(deps, { fanId: sale.fanId, reservationId: returned, idempotencyKey: randomUUID() })
  const listing = { ...first, concertId: sale.concertId, refundedReservationIds: [returned] }
  expect(first.reservationIds).toEqual([kept, returned])
  expect(await readPayment(deps, { fanId: sale.fanId, paymentId: first.paymentId })).toEqual(listing)
  await hold({ ...free, fanId: sale.fanId }, 0)
  const second = await payHeld(deps, { fanId: sale.fanId, concertId: free.concertId })
  expect(second).toMatchObject({ amountMinor: 0, balanceMinor: 90_000 })
  expect(await payHeld(deps, { fanId: sale.fanId, concertId: free.concertId })).toEqual(second)
  expect(await listPayments(deps, sale.fanId)).toEqual([
    { ...second, concertId: free.concertId, refundedReservationIds: [] },
    listing,
  ])
  await expect(readPayment(deps, { fanId: free.fanId, paymentId: first.paymentId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'payment' },
  })
})

/** The hold was over a moment ago, after everything that this test did before it. */
async function lapseNow(reservationId: ReservationId): Promise<void> {
  await deps.db.pool.query(
    `with lapsed as (update reservations set held_until = clock_timestamp() where id = $1 returning held_until)
     update seats set held_until = lapsed.held_until from lapsed where reservation_id = $1`,
    [reservationId],
  )
}
