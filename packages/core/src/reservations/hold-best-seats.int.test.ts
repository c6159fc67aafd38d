import type { Reservation } from '@greenroom/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openSeatMirror, type SeatMirror } from '../seating/index.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { givePass } from '../testing/give-pass.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { holdBestWithoutPass } from './hold-best-seats.ts'
import type { HoldRequest } from './hold-decision.ts'
import { holdWithoutPass } from './hold-seats.ts'
import { holdBestSeats } from './index.ts'

const deps = await createTestDeps()

function openMirror(): SeatMirror {
  const mirror = openSeatMirror(deps)
  onTestFinished(mirror.close)
  return mirror
}

test('a fan gets neighbours in the middle of the front row', async () => {
  const show = await makeShow(deps, { seatCount: 40, seatsPerRow: 10 })
  const fanId = await makeFan(deps)
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  const held = await holdBestSeats(deps, {
    fanId,
    showId: show.showId,
    pass,
    quantity: 3,
    mirror: openMirror(),
  })
  expect(new Set(held.seats.map((seat) => seat.row)).size).toBe(1)
  const [first = 0] = held.seats.map((seat) => Number(seat.number))
  expect(held.seats.map((seat) => Number(seat.number))).toEqual([first, first + 1, first + 2])
})

test('a crowd that asks at the same moment is spread over the hall, and nobody gets a seat twice', async () => {
  const show = await makeShow(deps, { seatCount: 400, seatsPerRow: 20 })
  const mirror = openMirror()
  const fans = await makeFans(deps, 150)
  const hold = vi.fn<(request: HoldRequest) => Promise<Reservation>>((request) =>
    holdWithoutPass(deps, request),
  )
  const outcomes = await Promise.allSettled(
    fans.map((fanId) => holdBestWithoutPass(deps, { fanId, showId: show.showId, quantity: 2, mirror }, hold)),
  )
  expect(refusalsOf(outcomes)).toEqual([])
  // nobody of one process runs into another
  expect(hold).toHaveBeenCalledTimes(150)
  const seatIds = valuesOf(outcomes).flatMap((held) => held.seats.map((seat) => seat.seatId))
  expect(new Set(seatIds).size).toBe(300)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('when no row has that many left, the fan is told how many there are', async () => {
  const show = await makeShow(deps, { seatCount: 6, seatsPerRow: 3 })
  const mirror = openMirror()
  const ask = { fanId: await makeFan(deps), showId: show.showId, mirror }
  await expect(holdBestWithoutPass(deps, { ...ask, quantity: 4 })).rejects.toMatchObject({
    code: 'NO_ADJACENT_SEATS',
    details: { largestRun: 3 },
  })
})
