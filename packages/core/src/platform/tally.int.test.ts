import { randomUUID } from 'node:crypto'
import { paymentId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { cancelShow, continueCancellation } from '../cancellations/index.ts'
import { pay, refund, refundPayment } from '../payments/index.ts'
import { expireReservations, holdSeats } from '../reservations/index.ts'
import { givePass } from '../testing/give-pass.ts'
import { lapseHold } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { makeSoldShow } from '../testing/make-sold-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import type { Deps } from './deps.ts'
import { readTally } from './tally.ts'

const deps = await createTestDeps()

test('holds, payments and refunds are counted by how they ended, and what a crash would be is INTERNAL', async () => {
  const show = await makeShow(deps)
  const [fanId, other] = [await makeRichFan(deps), await makeFan(deps)]
  const hold = async (of: typeof fanId) =>
    await holdSeats(deps, {
      fanId: of,
      showId: show.showId,
      pass: await givePass(deps, { concertId: show.concertId, fanId: of }),
      seatIds: show.seatIds.slice(0, 1),
    })
  const { reservationId } = await hold(fanId)
  await expect(hold(other)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  const wish = { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }
  await pay(deps, wish)
  await expect(pay(deps, { ...wish, idempotencyKey: randomUUID() })).rejects.toMatchObject({
    code: 'HOLD_ENDED',
  })
  await refund(deps, { fanId, reservationId, idempotencyKey: randomUUID() })
  const broken = { ...deps, db: { ...deps.db, pool: Object.create(null) } }
  await expect(pay(broken, { ...wish, idempotencyKey: randomUUID() })).rejects.toThrow(/is not a function/)

  const { outcomes } = readTally(deps)
  expect(Object.fromEntries(outcomes.get('hold') ?? [])).toEqual({ done: 1, SEATS_TAKEN: 1 })
  expect(Object.fromEntries(outcomes.get('payment') ?? [])).toEqual({ done: 1, HOLD_ENDED: 1, INTERNAL: 1 })
  expect(Object.fromEntries(outcomes.get('refund') ?? [])).toEqual({ done: 1 })
})

/** What a process that begins now counts. */
const countingDeps = (): Deps => ({ ...deps, settings: { ...deps.settings } })
const refundsOf = (of: Deps) => Object.fromEntries(readTally(of).outcomes.get('refund') ?? [])

test('what an operator gives back is counted by reservation, and a refusal by its code', async () => {
  const own = countingDeps()
  const { buyers } = await makeSoldShow(deps, 1)
  const [buyer] = buyers
  if (buyer === undefined) throw new Error('somebody bought')
  const { rows } = await deps.db.pool.query<{ id: number }>(
    'select id from payments where $1 = any (reservation_ids)',
    [buyer.reservationId],
  )
  const wish = {
    operatorId: await makeFan(deps),
    paymentId: paymentId.parse(rows[0]?.id),
    reservationIds: [buyer.reservationId],
    reason: 'the fan fell ill',
    evenIfUsed: false,
  }
  await refundPayment(own, { ...wish, idempotencyKey: randomUUID() })
  const again = refundPayment(own, { ...wish, idempotencyKey: randomUUID() })
  await expect(again).rejects.toMatchObject({ code: 'NOT_REFUNDABLE' })
  expect(refundsOf(own)).toEqual({ done: 1, NOT_REFUNDABLE: 1 })
})

test('those of a cancelled show are counted once each, however often it is taken further', async () => {
  const own = countingDeps()
  const { show } = await makeSoldShow(deps, 23)
  await cancelShow(own, { showId: show.showId, operatorId: await makeFan(deps), reason: 'no power' })
  await Promise.all(Array.from({ length: 3 }, () => continueCancellation(own, show)))
  await expect.poll(() => continueCancellation(own, show), { timeout: 20_000 }).toEqual({ isFinished: true })
  expect(refundsOf(own)).toEqual({ done: 23 })
})

test('of a cancelled show one that cannot be given back is counted as that, and the others as done', async () => {
  const own = countingDeps()
  const { show, buyers } = await makeSoldShow(deps, 3)
  await deps.db.pool.query(
    'update fan_seat_counts set seat_count = seat_count - 2 where show_id = $1 and fan_id = $2',
    [show.showId, buyers[0]?.fanId],
  )
  await cancelShow(own, { showId: show.showId, operatorId: await makeFan(deps), reason: 'no power' })
  expect(await continueCancellation(own, show)).toEqual({ isFinished: false })
  expect(refundsOf(own)).toEqual({ done: 2, INTERNAL: 1 })
})

test('a hold that ran out is counted once, by whoever gave its seats back', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  const { reservationId } = await holdSeats(deps, {
    fanId,
    showId: show.showId,
    pass,
    seatIds: show.seatIds.slice(0, 2),
  })
  await lapseHold(deps, { reservationId })
  await Promise.all([expireReservations(deps, [reservationId]), expireReservations(deps, [reservationId])])
  expect(readTally(deps).holdsExpired).toBe(1)
})
