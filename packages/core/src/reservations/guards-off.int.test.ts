import type { AccountId, Reservation, SeatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction, sqlState, type Tx, violatedConstraint } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { endReservationsText } from './end-store.ts'
import { placeHoldsText } from './hold-store.ts'
import { lockSeats } from './lock-store.ts'

const deps = await createTestDeps()

/** The writing statement alone, without the reads, locks and decisions that come before it. */
async function place(text: string, fanId: AccountId, show: TestShow, seatIds: SeatId[]): Promise<number[]> {
  return await inTransaction(deps.db, async (tx) => {
    const list = `{${seatIds.join(',')}}`
    const { rows } = await tx.query(text, [[show.showId], [fanId], [list], [], ['{}'], seatIds])
    return rows.map((row) => row.takenCount)
  })
}

async function end(text: string, { reservationId }: Reservation): Promise<void> {
  await deps.db.pool.query(text, [[reservationId], 'EXPIRED'])
}

async function statusOf(seatId: SeatId | undefined): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select status from seats where id = $1', [seatId])
  return rows[0]?.status
}

test('the condition on the seat alone keeps it from being sold twice; without it two fans hold one seat', async () => {
  const show = await makeShow(deps)
  const [first, second] = [await makeFan(deps), await makeFan(deps)]
  const [guarded, unguarded] = [pickSeats(show, 0), pickSeats(show, 1)]
  expect(await place(placeHoldsText, first, show, guarded)).toEqual([1])
  expect(await place(placeHoldsText, second, show, guarded)).toEqual([0])

  const text = textWithout(placeHoldsText, { "and seats.status = 'available'": '' })
  expect(await place(text, first, show, unguarded)).toEqual([1])
  expect(await place(text, second, show, unguarded)).toEqual([1])
  const { rows } = await deps.db.pool.query(
    "select count(*)::int as holders from reservations where state = 'HELD' and seat_ids @> $1",
    [unguarded],
  )
  expect(rows).toEqual([{ holders: 2 }])
  expect(await checkSeats(deps, show.showId)).not.toEqual([])
})

test('the state and the fence each keep a late expiry off; without both it frees what another fan holds', async () => {
  const show = await makeShow(deps)
  const [late, next] = [await makeFan(deps), await makeFan(deps)]
  const [seatId] = pickSeats(show, 0)
  const old = await holdInside(deps, late, show, 0)
  await lapseHold(deps, old)
  await holdInside(deps, next, show, 0)

  const noState = {
    "where id = any($1::bigint[]) and state = 'HELD' and": 'where id = any($1::bigint[]) and',
    "where reservations.id = due.id and reservations.state = 'HELD'": 'where reservations.id = due.id',
  }
  const noFence = {
    "where seats.status = 'held' and seats.reservation_id = wanted.reservation_id": 'where true',
    'where seats.id = locked.id and seats.reservation_id = locked.reservation_id':
      'where seats.id = locked.id',
  }
  await end(endReservationsText, old)
  await end(textWithout(endReservationsText, noState), old)
  await end(textWithout(endReservationsText, noFence), old)
  expect(await statusOf(seatId)).toBe('held')

  // the count would go below nothing: the third guard; the fan is given a seat to be robbed of
  await holdInside(deps, late, show, 5)
  await end(textWithout(endReservationsText, { ...noState, ...noFence }), old)
  expect(await statusOf(seatId)).toBe('available')
})

test('a hold ends when its time is over and not before; without that condition it is taken from under a fan', async () => {
  const show = await makeShow(deps)
  const [seatId] = pickSeats(show, 0)
  const live = await holdInside(deps, await makeFan(deps), show, 0)
  await end(endReservationsText, live)
  expect(await statusOf(seatId)).toBe('held')

  await end(textWithout(endReservationsText, { "($2 = 'RELEASED' or held_until <= now())": 'true' }), live)
  expect(await statusOf(seatId)).toBe('available')
  expect(await holdInside(deps, await makeFan(deps), show, 0)).toMatchObject({ state: 'HELD' })
})

test('seats are locked in the order of their ids whatever is asked for; without an order two fans block each other', async () => {
  const show = await makeShow(deps)
  const [low, high] = pickSeats(show, 0, 1)
  const lockAll = (order: (SeatId | undefined)[]) =>
    inTransaction(deps.db, (tx) =>
      lockSeats(
        tx,
        order.flatMap((seatId) => seatId ?? []),
      ),
    )
  const ordered = Array.from({ length: 100 }, (_, at) => lockAll(at % 2 === 0 ? [low, high] : [high, low]))
  expect((await Promise.allSettled(ordered)).filter(({ status }) => status === 'rejected')).toEqual([])

  const lockOne = (tx: Tx, seatId: SeatId | undefined) =>
    tx.query('select from seats where id = $1 for update', [seatId])
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  const lockInTurn = (mine: 0 | 1, one: SeatId | undefined, other: SeatId | undefined) =>
    inTransaction(deps.db, async (tx) => {
      await lockOne(tx, one)
      gates[mine].resolve()
      await Promise.all(gates.map((gate) => gate.promise))
      await lockOne(tx, other)
    })
  const crossed = await Promise.allSettled([lockInTurn(0, low, high), lockInTurn(1, high, low)])
  const reasons = crossed.flatMap((outcome) =>
    outcome.status === 'rejected' ? [sqlState(outcome.reason)] : [],
  )
  expect(reasons).toEqual(['40P01'])
})

test("the fan's limit is the table's; without its constraint a statement gives more seats than allowed", async () => {
  const show = await makeShow(deps, { seatsPerFan: 2 })
  const fanId = await makeFan(deps)
  expect(await place(placeHoldsText, fanId, show, pickSeats(show, 0, 1))).toEqual([2])
  const beyond = place(placeHoldsText, fanId, show, pickSeats(show, 2))
  expect(await beyond.catch(violatedConstraint)).toBe('fan_seat_limit')
  await asOwner(deps, (tx) => tx.query('alter table fan_seat_counts drop constraint fan_seat_limit'))
  expect(await place(placeHoldsText, fanId, show, pickSeats(show, 2))).toEqual([1])
})
