import type { Reservation } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { inTransaction } from '../platform/database.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { meddlingDatabase } from '../testing/meddling-deps.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { releaseReservation } from './index.ts'
import { placeAlone } from './place-holds.ts'

const deps = await createTestDeps()

function firstSeatOf({ seatIds }: TestShow): { text: string; values: unknown[] } {
  return { text: 'select from seats where id = $1 for update', values: [seatIds[0]] }
}

test('two processes that want one seat at the same moment: the second is told that it is held', async () => {
  const other = openProcess(deps)
  const show = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 0))
  const [first, second] = [await makeFan(deps), await makeFan(deps)]
  const outcomes = await meetInOrder(deps, firstSeatOf(show), [
    () => holdInside(deps, first, show, 0),
    () => holdInside(other, second, show, 0),
  ])
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    {
      status: 'rejected',
      reason: { code: 'SEATS_TAKEN', details: { seats: [{ seatId: show.seatIds[0], status: 'held' }] } },
    },
  ])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a fan’s first hold is counted before a seat is locked, so nobody who took the seats waits for the count', async () => {
  const other = openProcess(deps)
  const show = await makeShow(deps)
  await lapseHold(deps, await holdInside(deps, await makeFan(deps), show, 0))
  const fanId = await makeFan(deps)
  // counted after the seat instead, the second would not wait here, and the first could wait for it with the seat in hand
  const outcomes = await meetInOrder(deps, firstSeatOf(show), [
    () => holdInside(deps, fanId, show, 0),
    () => holdInside(other, fanId, show, 1),
  ])
  expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('an own hold that ends while its fan swaps it stands in nobody’s way', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const { reservationId } = await holdInside(deps, fanId, show, 0, 1)
  const [released, swapped] = await meetInOrder(deps, firstSeatOf(show), [
    () => releaseReservation(deps, { fanId, reservationId }),
    (): Promise<Reservation> => holdInside(deps, fanId, show, 0),
  ])
  expect(released).toMatchObject({ status: 'fulfilled', value: { state: 'RELEASED' } })
  expect(swapped).toMatchObject({ status: 'fulfilled', value: { state: 'HELD' } })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('an own hold that another device swaps while this one looks stands in nobody’s way', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const { reservationId } = await holdInside(deps, fanId, show, 0)
  // the seats were read with the hold that is let go now, the holders are about to be
  const other = meddlingDatabase(deps, 'read-held-reservations', async () => {
    await releaseReservation(deps, { fanId, reservationId })
    await holdInside(deps, fanId, show, 0, 1)
  })
  const held = await holdInside(other, fanId, show, 0)
  expect(held).toMatchObject({ state: 'HELD' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a hold that swaps one made while it waited is in order: its transaction is the older one', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const swapped = await inTransaction(deps.db, async (tx) => {
    await tx.query('select now()')
    await holdInside(deps, fanId, show, 0)
    return await placeAlone(tx, { fanId, showId: show.showId, seatIds: pickSeats(show, 0, 1) })
  })
  expect(swapped).toMatchObject({ isNew: true, reservation: { state: 'HELD' } })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})
