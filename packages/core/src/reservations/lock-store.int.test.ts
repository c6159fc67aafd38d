import { expect, test } from 'vitest'
import { changeMeets } from '../testing/blocked-rows.ts'
import { holdInside, pickSeats } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { lockSeatCounts, lockSeats } from './lock-store.ts'

const deps = await createTestDeps()

test("a fan's count of seats stays as it was read until the transaction ends; another fan's does not wait", async () => {
  const show = await makeShow(deps)
  const [fanId, otherId] = [await makeFan(deps), await makeFan(deps)]
  await holdInside(deps, fanId, show, 0)
  await holdInside(deps, otherId, show, 1)
  const lock = async (id: typeof fanId): Promise<string> =>
    await changeMeets(
      deps,
      (tx) => lockSeatCounts(tx, [{ showId: show.showId, fanId }]),
      (tx) =>
        tx.query('update fan_seat_counts set seat_count = seat_count where show_id = $1 and fan_id = $2', [
          show.showId,
          id,
        ]),
    )
  expect(await lock(fanId)).toBe('waits')
  expect(await lock(otherId)).toBe('happens')
})

test('a seat stays as it was read until the transaction ends; another seat does not wait', async () => {
  const show = await makeShow(deps)
  const lock = async (seat: number): Promise<string> =>
    await changeMeets(
      deps,
      (tx) => lockSeats(tx, pickSeats(show, 0)),
      (tx) => tx.query('update seats set version = version where id = any($1)', [pickSeats(show, seat)]),
    )
  expect(await lock(0)).toBe('waits')
  expect(await lock(1)).toBe('happens')
})
