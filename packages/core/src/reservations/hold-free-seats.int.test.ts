import type { AccountId, SeatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { sqlState, violatedConstraint } from '../platform/database.ts'
import { findLockable, whileItWaits } from '../testing/blocked-rows.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { meddlingDatabase } from '../testing/meddling-deps.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { placeFreeHoldsText } from './free-hold-store.ts'
import { placeHolds } from './place-holds.ts'

const deps = await createTestDeps()

/** The statement alone, each wish with its seats, without the read and the decision that come before it. */
async function place(text: string, show: TestShow, wishes: { fanId: AccountId; seatIds: SeatId[] }[]) {
  const { rows } = await deps.db.pool.query<{ fanId: AccountId; seats: unknown[][] }>(text, [
    wishes.map(() => show.showId),
    wishes.map(({ fanId }) => fanId),
    wishes.map(({ seatIds }) => `{${seatIds.join(',')}}`),
    wishes.flatMap(({ seatIds }) => seatIds),
  ])
  return rows
}

test('a seat that is taken between the look and the hold is named to who came late; their neighbours get theirs', async () => {
  const show = await makeShow(deps)
  const [late, quick, neighbour] = [await makeFan(deps), await makeFan(deps), await makeFan(deps)]
  const meddled = meddlingDatabase(deps, 'place-free-holds', () => holdInside(deps, quick, show, 1))
  const [first, second] = await placeHolds(meddled, [
    { fanId: late, showId: show.showId, seatIds: pickSeats(show, 0, 1) },
    { fanId: neighbour, showId: show.showId, seatIds: pickSeats(show, 2) },
  ])
  expect(first).toEqual({ kind: 'again' })
  expect(second).toMatchObject({ kind: 'done', value: { isNew: true } })
  await expect(holdInside(deps, late, show, 0, 1)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a fan who reaches the limit between the look and the hold is told the limit', async () => {
  const show = await makeShow(deps, { seatsPerFan: 2 })
  const fanId = await makeFan(deps)
  const meddled = meddlingDatabase(deps, 'place-free-holds', () => holdInside(deps, fanId, show, 0, 1))
  await expect(holdInside(meddled, fanId, show, 2)).rejects.toMatchObject({
    code: 'SEAT_LIMIT_REACHED',
    details: { limit: 2, held: 2 },
  })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('the statement alone holds all of its seats or nothing at all; without its last word a hold has fewer than it names', async () => {
  const show = await makeShow(deps)
  const [owner, other, fanId] = [await makeFan(deps), await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, owner, show, 0)
  await lapseHold(deps, await holdInside(deps, owner, show, 5))
  const wishes = [
    { fanId: other, seatIds: pickSeats(show, 3) },
    { fanId, seatIds: pickSeats(show, 0, 1) },
  ]
  expect(await place(placeFreeHoldsText, show, wishes).catch(sqlState)).toBe('23502')
  const lapsed = [{ fanId, seatIds: pickSeats(show, 5) }]
  expect(await place(placeFreeHoldsText, show, lapsed).catch(sqlState)).toBe('23502')
  expect(await checkSeats(deps, show.showId)).toEqual([])
  const { rows } = await deps.db.pool.query('select from fan_seat_counts where fan_id = any($1)', [
    [other, fanId],
  ])
  expect(rows).toEqual([])

  const unguarded = textWithout(placeFreeHoldsText, {
    'when changed.seat_count = cardinality(wish.seat_ids) then': 'when true then',
  })
  expect(await place(unguarded, show, wishes)).toHaveLength(2)
  expect(await checkSeats(deps, show.showId)).not.toEqual([])
})

test('the statement alone takes no seat that another has; without its conditions two fans hold one seat', async () => {
  const show = await makeShow(deps)
  const [owner, fanId] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, owner, show, 0)
  const wishes = [{ fanId, seatIds: pickSeats(show, 0) }]
  const unguarded = textWithout(placeFreeHoldsText, {
    "and status = 'available' and (select count": 'and (select count',
    "and seats.status = 'available'": '',
  })
  expect(await place(placeFreeHoldsText, show, wishes).catch(sqlState)).toBe('23502')
  expect(await place(unguarded, show, wishes)).toHaveLength(1)
  expect(await checkSeats(deps, show.showId)).not.toEqual([])
})

test('the statement alone holds nothing beyond the limit', async () => {
  const show = await makeShow(deps, { seatsPerFan: 2 })
  const fanId = await makeFan(deps)
  await place(placeFreeHoldsText, show, [{ fanId, seatIds: pickSeats(show, 0, 1) }])
  const beyond = place(placeFreeHoldsText, show, [{ fanId, seatIds: pickSeats(show, 2) }])
  expect(await beyond.catch(violatedConstraint)).toBe('fan_seat_limit')
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('no seat is locked before all counts are had', async () => {
  const show = await makeShow(deps)
  const [first, second] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, second, show, 7)
  const seatIds = pickSeats(show, 0, 1)
  const { found } = await whileItWaits(
    deps,
    { text: 'select from fan_seat_counts where fan_id = $1 for update', values: [second] },
    () =>
      place(placeFreeHoldsText, show, [
        { fanId: first, seatIds: pickSeats(show, 0) },
        { fanId: second, seatIds: pickSeats(show, 1) },
      ]),
    () => findLockable(deps, { table: 'seats', key: 'id', values: seatIds }),
  )
  expect(found).toEqual(seatIds)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('free seats are locked in the order of their ids, whatever the order asked for', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const [low, high] = [pickSeats(show, 0), pickSeats(show, 9)]
  const { found } = await whileItWaits(
    deps,
    { text: 'select from seats where id = any($1) for update', values: [low] },
    () => place(placeFreeHoldsText, show, [{ fanId, seatIds: [...high, ...low] }]),
    () => findLockable(deps, { table: 'seats', key: 'id', values: [...low, ...high] }),
  )
  expect(found).toEqual(high)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('holds that are placed together are each answered with their own seats, in the order asked for', async () => {
  const show = await makeShow(deps)
  const requests = await Promise.all(
    [pickSeats(show, 4, 3), pickSeats(show, 9), pickSeats(show, 2, 6, 5)].map(async (seatIds) => ({
      fanId: await makeFan(deps),
      showId: show.showId,
      seatIds,
    })),
  )
  const outcomes = await placeHolds(deps, requests)
  expect(outcomes).toMatchObject(
    requests.map(({ seatIds }) => ({
      value: { reservation: { seats: seatIds.map((seatId) => ({ seatId })) }, isNew: true },
    })),
  )
})

test('counts are locked in the order of their fans, whatever the order asked for', async () => {
  const show = await makeShow(deps)
  const [low, high] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, low, show, 7)
  await holdInside(deps, high, show, 8)
  const { found } = await whileItWaits(
    deps,
    { text: 'select from fan_seat_counts where fan_id = $1 for update', values: [low] },
    () =>
      place(placeFreeHoldsText, show, [
        { fanId: high, seatIds: pickSeats(show, 0) },
        { fanId: low, seatIds: pickSeats(show, 1) },
      ]),
    () => findLockable(deps, { table: 'fan_seat_counts', key: 'fan_id', values: [low, high] }),
  )
  expect(found).toEqual([high])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a seat that another holds while the statement waits for it is not had, and the whole statement is undone', async () => {
  const show = await makeShow(deps)
  const [quick, late, neighbour] = [await makeFan(deps), await makeFan(deps), await makeFan(deps)]
  const values = [[show.showId], [quick], [`{${pickSeats(show, 0).join(',')}}`], pickSeats(show, 0)]
  const { outcome } = await whileItWaits(
    deps,
    { text: placeFreeHoldsText, values, isKept: true },
    () =>
      place(placeFreeHoldsText, show, [
        { fanId: late, seatIds: pickSeats(show, 0) },
        { fanId: neighbour, seatIds: pickSeats(show, 1) },
      ]).catch(sqlState),
    () => Promise.resolve(),
  )
  expect(outcome).toMatchObject({ value: '23502' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a seat that was changed and is free all the same is had as it is by then', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const { outcome } = await whileItWaits(
    deps,
    {
      text: 'update seats set version = version + 4 where id = any($1)',
      values: [pickSeats(show, 0)],
      isKept: true,
    },
    () => holdInside(deps, fanId, show, 0, 1),
    () => Promise.resolve(),
  )
  expect(outcome).toMatchObject({ value: { state: 'HELD' } })
  const { rows } = await deps.db.pool.query('select version from seats where id = any($1) order by id', [
    pickSeats(show, 0, 1),
  ])
  expect(rows).toEqual([{ version: 5 }, { version: 1 }])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})
