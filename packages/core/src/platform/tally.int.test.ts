import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { expireReservations, holdSeats } from '../reservations/index.ts'
import { givePass } from '../testing/give-pass.ts'
import { lapseHold } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
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
