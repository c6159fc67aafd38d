import { type AccountId, accountId, isDomainError, type Reservation } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { closeDeps, openDeps } from '../platform/deps.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { addShow, makeShow, type TestShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { holdSeats, listLiveHolds, readReservation } from './index.ts'

const deps = await createTestDeps()

async function hold(fanId: AccountId, show: TestShow, ...seats: number[]): Promise<Reservation> {
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  return await holdSeats(deps, { fanId, showId: show.showId, pass, seatIds: pickSeats(show, ...seats) })
}

test('a hold takes its seats at the price of the server, until the concert says', async () => {
  const show = await makeShow(deps, { priceMinor: 12_000, holdTtlMs: 60_000 })
  const held = await hold(await makeFan(deps), show, 3, 4)
  expect(held).toMatchObject({
    concertId: show.concertId,
    showId: show.showId,
    state: 'HELD',
    amountMinor: 24_000,
    currency: 'KRW',
    seats: [
      {
        seatId: show.seatIds[3],
        section: 'Floor',
        row: 'A',
        number: '4',
        categoryCode: 0,
        priceMinor: 12_000,
      },
      { seatId: show.seatIds[4], number: '5' },
    ],
  })
  expect(held.heldUntilMs - held.heldAtMs).toBe(60_000)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('200 fans want one seat: exactly one gets it, every other is told that it is held', async () => {
  const show = await makeShow(deps, { seatCount: 1 })
  const held = { code: 'SEATS_TAKEN', details: { seats: [{ seatId: show.seatIds[0], status: 'held' }] } }
  for (let round = 0; round < 5; round++) {
    const fans = await makeFans(deps, 200)
    const outcomes = await Promise.allSettled(fans.map((fanId) => holdInside(deps, fanId, show, 0)))
    expect(valuesOf(outcomes)).toHaveLength(1)
    expect(refusalsOf(outcomes)).toMatchObject(Array.from({ length: 199 }, () => held))
    expect(await checkSeats(deps, show.showId)).toEqual([])
    for (const held of valuesOf(outcomes)) await lapseHold(deps, held)
  }
})

test('overlapping holds of many seats: each fan has all of theirs or none, and nobody shares', async () => {
  const show = await makeShow(deps, { seatCount: 12 })
  const fans = await makeFans(deps, 60)
  const outcomes = await Promise.allSettled(
    fans.map((fanId, at) => holdInside(deps, fanId, show, at % 12, (at + 5) % 12, (at + 3 + (at % 2)) % 12)),
  )
  expect(refusalsOf(outcomes).filter((refusal) => !isDomainError(refusal, 'SEATS_TAKEN'))).toEqual([])
  const seatIds = valuesOf(outcomes).flatMap((held) => held.seats.map((seat) => seat.seatId))
  expect(seatIds.length).toBe(valuesOf(outcomes).length * 3)
  expect(new Set(seatIds).size).toBe(seatIds.length)
  expect(valuesOf(outcomes).length).toBeGreaterThan(0)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a refused hold names exactly the seats that are taken and takes none of the others', async () => {
  const show = await makeShow(deps)
  await hold(await makeFan(deps), show, 1)
  await deps.db.pool.query("update seats set status = 'blocked' where id = $1", pickSeats(show, 2))
  const fanId = await makeFan(deps)
  await expect(hold(fanId, show, 0, 1, 2, 3)).rejects.toMatchObject({
    code: 'SEATS_TAKEN',
    details: {
      seats: [
        { seatId: show.seatIds[1], status: 'held' },
        { seatId: show.seatIds[2], status: 'blocked' },
      ],
    },
  })
  expect(await hold(fanId, show, 0, 3)).toMatchObject({ state: 'HELD' })
})

test('asking for the same seats again gives the same reservation, also from ten tabs at once', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const tabs = await Promise.all(Array.from({ length: 10 }, () => hold(fanId, show, 7, 8)))
  expect(new Set(tabs.map((held) => held.reservationId)).size).toBe(1)
  expect(new Set(tabs.map((held) => held.heldUntilMs)).size).toBe(1)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('my own hold never blocks me: an overlapping one takes its place, a separate one stands beside it', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const first = await hold(fanId, show, 0, 1)
  const other = await hold(fanId, show, 10)
  const second = await hold(fanId, show, 1, 2)
  expect(await listLiveHolds(deps, { fanId, concertId: show.concertId })).toMatchObject([
    { reservationId: other.reservationId },
    { reservationId: second.reservationId },
  ])
  expect(await readReservation(deps, { fanId, reservationId: first.reservationId })).toMatchObject({
    state: 'RELEASED',
  })
  expect(await hold(await makeFan(deps), show, 0)).toMatchObject({ state: 'HELD' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a swap that fails leaves the old hold as it was', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const mine = await hold(fanId, show, 0, 1)
  await hold(await makeFan(deps), show, 2)
  await expect(hold(fanId, show, 1, 2)).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  expect(await readReservation(deps, { fanId, reservationId: mine.reservationId })).toMatchObject({
    state: 'HELD',
    heldUntilMs: mine.heldUntilMs,
  })
})

test('swapping seats does not restart the hard maximum of a hold', async () => {
  const show = await makeShow(deps, { holdTtlMs: 60_000, holdMaxLifeMs: 90_000 })
  const fanId = await makeFan(deps)
  const first = await hold(fanId, show, 0)
  await deps.db.pool.query(
    `update reservations set first_held_at = first_held_at - interval '50 seconds',
       max_held_until = max_held_until - interval '50 seconds', held_until = held_until - interval '50 seconds' where id = $1`,
    [first.reservationId],
  )
  const second = await hold(fanId, show, 0, 1)
  const third = await hold(fanId, show, 1)
  expect(second.heldUntilMs - first.heldAtMs).toBe(40_000)
  expect(third.heldUntilMs).toBe(second.heldUntilMs)
})

test('nobody holds more seats of a show than the concert allows, however many ask at once', async () => {
  const show = await makeShow(deps, { seatsPerFan: 4 })
  const fanId = await makeFan(deps)
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6, 7].map((seat) => hold(fanId, show, seat)))
  expect(valuesOf(outcomes)).toHaveLength(4)
  await expect(hold(fanId, show, 20, 21)).rejects.toMatchObject({
    code: 'SEAT_LIMIT_REACHED',
    details: { limit: 4, held: 4 },
  })
  const otherDate = await addShow(deps, show.concertId)
  expect(await hold(fanId, otherDate, 0, 1, 2, 3)).toMatchObject({ state: 'HELD' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('an expired hold is claimable with no worker alive, and ends as a whole', async () => {
  const show = await makeShow(deps)
  const [late, next] = [await makeFan(deps), await makeFan(deps)]
  const lapsed = await hold(late, show, 0, 1, 2)
  await lapseHold(deps, lapsed)
  const taken = await hold(next, show, 1, 2)
  expect(taken.seats.map((seat) => seat.seatId)).toEqual(pickSeats(show, 1, 2))
  expect(await readReservation(deps, { fanId: late, reservationId: lapsed.reservationId })).toMatchObject({
    state: 'EXPIRED',
  })
  const { rows } = await deps.db.pool.query('select status from seats where id = any($1)', [
    pickSeats(show, 0),
  ])
  expect(rows).toEqual([{ status: 'available' }])
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('a hold of mine that is over does not count against my limit, swept or not', async () => {
  const show = await makeShow(deps, { seatsPerFan: 2 })
  const fanId = await makeFan(deps)
  await lapseHold(deps, await hold(fanId, show, 0, 1))
  expect(await hold(fanId, show, 5, 6)).toMatchObject({ state: 'HELD' })
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('200 fans want one expired seat: exactly one takes it over', async () => {
  const show = await makeShow(deps, { seatCount: 2 })
  await lapseHold(deps, await hold(await makeFan(deps), show, 0, 1))
  const fans = await makeFans(deps, 200)
  const outcomes = await Promise.allSettled(fans.map((fanId, at) => holdInside(deps, fanId, show, at % 2)))
  expect(valuesOf(outcomes)).toHaveLength(2)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test("a seat of another show, an unknown show, a closed sale and another fan's pass are refused", async () => {
  const [show, other] = [await makeShow(deps), await makeShow(deps)]
  const [fanId, stranger] = [await makeFan(deps), await makeFan(deps)]
  const pass = await givePass(deps, { concertId: show.concertId, fanId })
  const ask = { fanId, showId: show.showId, pass, seatIds: pickSeats(show, 0) }
  await expect(
    holdSeats(deps, { ...ask, seatIds: [...pickSeats(show, 0), ...pickSeats(other, 0)] }),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'seat' },
  })
  await expect(holdSeats(deps, { ...ask, showId: 999_999 as TestShow['showId'] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'show' },
  })
  await expect(holdSeats(deps, { ...ask, fanId: stranger })).rejects.toMatchObject({ code: 'PASS_REFUSED' })
  await deps.db.pool.query("update lines set override = 'paused' where concert_id = $1", [show.concertId])
  expect(await holdSeats(deps, ask)).toMatchObject({ state: 'HELD' })
  await deps.db.pool.query("update lines set override = 'closed' where concert_id = $1", [show.concertId])
  await expect(holdSeats(deps, { ...ask, seatIds: pickSeats(show, 1) })).rejects.toMatchObject({
    code: 'SALE_CLOSED',
  })
})

test('nothing that was said before sells on after the end of a line; without one it does', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const setLine = (override: string | null) =>
    deps.db.pool.query(
      "update lines set override = $2, closes_at = now() - interval '1 second' where concert_id = $1",
      [show.concertId, override],
    )
  for (const override of [null, 'open', 'draining', 'paused', 'closed']) {
    await setLine(override)
    await expect(holdInside(deps, fanId, show, 0)).rejects.toMatchObject({ code: 'SALE_CLOSED' })
  }
  await setLine('open')
  await deps.db.pool.query('update lines set closes_at = null where concert_id = $1', [show.concertId])
  expect(await holdInside(deps, fanId, show, 0)).toMatchObject({ state: 'HELD' })
})

test('through two processes at once: one winner for a seat, and no fan beyond the limit', async () => {
  const other = openDeps(deps.settings, 'other')
  onTestFinished(() => closeDeps(other))
  const show = await makeShow(deps, { seatCount: 60, seatsPerFan: 3 })
  const crowd = await makeFans(deps, 100)
  const forOneSeat = await Promise.allSettled(
    crowd.map((fanId, at) => holdInside(at % 2 === 0 ? deps : other, fanId, show, 0)),
  )
  expect(valuesOf(forOneSeat)).toHaveLength(1)
  expect(refusalsOf(forOneSeat).filter((refusal) => !isDomainError(refusal, 'SEATS_TAKEN'))).toEqual([])
  for (let round = 0; round < 10; round++) {
    const fanId = await makeFan(deps)
    const first = 1 + round * 4
    const greedy = await Promise.allSettled([
      holdInside(deps, fanId, show, first, first + 1),
      holdInside(other, fanId, show, first + 2, first + 3),
    ])
    expect(valuesOf(greedy)).toHaveLength(1)
    expect(refusalsOf(greedy)).toMatchObject([{ code: 'SEAT_LIMIT_REACHED', details: { limit: 3, held: 2 } }])
  }
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('asking for the same seats through two processes at once gives one reservation', async () => {
  const other = openDeps(deps.settings, 'other')
  onTestFinished(() => closeDeps(other))
  const show = await makeShow(deps)
  for (let round = 0; round < 10; round++) {
    const fanId = await makeFan(deps)
    const outcomes = await Promise.allSettled(
      [deps, other].map((process) => holdInside(process, fanId, show, round * 2, round * 2 + 1)),
    )
    expect(valuesOf(outcomes)).toHaveLength(2)
    expect(new Set(valuesOf(outcomes).map((held) => held.reservationId)).size).toBe(1)
  }
})

test('a request that cannot be written fails alone; those folded into the same statement succeed', async () => {
  const show = await makeShow(deps)
  const fans = await makeFans(deps, 10)
  const nobody = accountId.parse(999_999_999)
  const outcomes = await Promise.allSettled(
    [...fans.slice(0, 5), nobody, ...fans.slice(5)].map((fanId, seat) => holdInside(deps, fanId, show, seat)),
  )
  expect(valuesOf(outcomes)).toHaveLength(10)
  expect(refusalsOf(outcomes)).toHaveLength(1)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})
