import { expect, test } from 'vitest'
import { listFreeShows } from '../catalogue/index.ts'
import { releaseReservation } from '../reservations/index.ts'
import { holdInside, lapseHold } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readSeatStates } from './index.ts'

const deps = await createTestDeps()

test('every process sees a hold, its end and its lapse in the very next reading, swept or not', async () => {
  const show = await makeShow(deps, { seatCount: 3 })
  const fanId = await makeFan(deps)
  const other = openProcess(deps)
  const statuses = async () => (await readSeatStates(other, show.showId)).map(({ status }) => status)
  expect(await statuses()).toEqual(['available', 'available', 'available'])
  for (let round = 0; round < 20; round++) {
    const { reservationId } = await holdInside(deps, fanId, show, 1)
    expect(await statuses()).toEqual(['available', 'held', 'available'])
    await releaseReservation(deps, { fanId, reservationId })
    expect(await statuses()).toEqual(['available', 'available', 'available'])
  }
  await lapseHold(deps, await holdInside(deps, fanId, show, 0))
  expect(await statuses()).toEqual(['available', 'available', 'available'])
})

test('seats are numbered from 1 in each show, and their ids are those of the rows', async () => {
  const { concertId } = await makeShow(deps, { seatCount: 3, seatsPerRow: 2 })
  const second = await addShow(deps, concertId)
  const states = await readSeatStates(deps, second.showId)
  expect(states.map(({ seatId, seatNo }) => [seatId, seatNo])).toEqual(
    second.seatIds.map((seatId, index) => [seatId, index + 1]),
  )
})

test('a date is free while one seat of it is, also a held one whose time is over, and not once it has begun', async () => {
  const first = await makeShow(deps, { seatCount: 2 })
  const second = await addShow(deps, first.concertId)
  const other = openProcess(deps)
  const free = async () => (await listFreeShows(other, first.concertId)).map(({ showId }) => showId)
  expect(await free()).toEqual([first.showId, second.showId])
  const hold = await holdInside(deps, await makeFan(deps), first, 0, 1)
  expect(await free()).toEqual([second.showId])
  await lapseHold(deps, hold)
  expect(await free()).toEqual([first.showId, second.showId])
  await deps.db.pool.query("update shows set starts_at = now() - interval '1 minute' where id = $1", [
    second.showId,
  ])
  expect(await free()).toEqual([first.showId])
})
