import type { Reservation } from '@greenroom/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { jobs } from '../platform/jobs.ts'
import { handleJob, startWorker } from '../platform/start-worker.ts'
import { changeLine } from '../testing/change-line.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { givePass } from '../testing/give-pass.ts'
import { holdInside, lapseHold, pickSeats } from '../testing/hold-inside.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { countingDatabase } from '../testing/meddling-deps.ts'
import { refusalsOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { readEntry } from '../waiting-room/index.ts'
import {
  endReservations,
  expireDueHolds,
  expireReservation,
  expireReservations,
  holdSeats,
  readReservation,
  releaseReservation,
} from './index.ts'

const deps = await createTestDeps()

async function statusesOf(seatIds: readonly number[]): Promise<string[]> {
  const { rows } = await deps.db.pool.query('select status from seats where id = any($1) order by id', [
    seatIds,
  ])
  return rows.map((row) => row.status)
}

async function lapseAll(show: TestShow): Promise<void> {
  await deps.db.pool.query(
    `with lapsed as (update reservations set held_until = now() - interval '1 second' where show_id = $1)
     update seats set held_until = now() - interval '1 second' where show_id = $1`,
    [show.showId],
  )
}

test('a hold whose time is not over is not expired, by anyone', async () => {
  const show = await makeShow(deps)
  const held = await holdInside(deps, await makeFan(deps), show, 0)
  expect(await expireReservation(deps, held.reservationId)).toBe(false)
  await expireDueHolds(deps)
  expect(await statusesOf(pickSeats(show, 0))).toEqual(['held'])
})

test('the sweep gives back every hold that is over, in as many batches as it takes', async () => {
  const show = await makeShow(deps, { seatCount: 450 })
  const fans = await makeFans(deps, 450)
  await Promise.all(fans.map((fanId, seat) => holdInside(deps, fanId, show, seat)))
  await lapseAll(show)
  expect(await expireDueHolds(deps)).toBe(450)
  expect(new Set(await statusesOf(show.seatIds))).toEqual(new Set(['available']))
  expect(await expireDueHolds(deps)).toBe(0)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('jobs that come at the same time are each told of their own holds, and a hold that two ask for counts once', async () => {
  const show = await makeShow(deps, { seatCount: 30 })
  const fans = await makeFans(deps, 30)
  const held = await Promise.all(fans.map((fanId, seat) => holdInside(deps, fanId, show, seat)))
  for (const hold of held.slice(0, 20)) await lapseHold(deps, hold)
  const ids = held.map(({ reservationId }) => reservationId)
  const jobsAtOnce = [ids.slice(0, 10), ids.slice(5, 15), ids.slice(15, 25), ids.slice(25), ids.slice(0, 10)]
  const counts = await Promise.all(jobsAtOnce.map((job) => expireReservations(deps, job)))
  expect(counts).toEqual([10, 5, 5, 0, 0])
  expect(await statusesOf(show.seatIds)).toEqual(Array.from(ids, (_, at) => (at < 20 ? 'available' : 'held')))
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('jobs and sweeps of a process take turns: Postgres works on one statement of theirs at a time', async () => {
  const show = await makeShow(deps, { seatCount: 300 })
  const fans = await makeFans(deps, 300)
  const held = await Promise.all(fans.map((fanId, seat) => holdInside(deps, fanId, show, seat)))
  await lapseAll(show)
  const counting = countingDatabase(deps, 'end-reservations')
  const ids = held.map(({ reservationId }) => reservationId)
  const jobsAtOnce = Array.from({ length: 10 }, (_, at) => ids.slice(at * 30, at * 30 + 30))
  const counts = await Promise.all([
    ...jobsAtOnce.map((job) => expireReservations(counting.deps, job)),
    expireDueHolds(counting.deps),
  ])
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300)
  expect(counting.mostAtOnce()).toBe(1)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('the delayed job of a hold gives its seats back by itself', async () => {
  const show = await makeShow(deps, { holdTtlMs: 1_000 })
  const worker = startWorker(
    deps,
    'holds',
    [handleJob(jobs.expireHolds, (data) => expireReservations(deps, data.reservationIds))],
    { concurrency: 2 },
  )
  onTestFinished(worker.close)
  await holdInside(deps, await makeFan(deps), show, 0, 1)
  await vi.waitFor(
    async () => expect(await statusesOf(pickSeats(show, 0, 1))).toEqual(['available', 'available']),
    {
      timeout: 10_000,
    },
  )
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('job, sweep, taker-over and owner at once end a hold exactly once', async () => {
  const show = await makeShow(deps, { seatCount: 2 })
  for (let round = 0; round < 20; round++) {
    const [owner, taker] = [await makeFan(deps), await makeFan(deps)]
    const held = await holdInside(deps, owner, show, 0, 1)
    await lapseHold(deps, held)
    const { rows: before } = await deps.db.pool.query(
      'select version from seats where show_id = $1 order by id',
      [show.showId],
    )
    const taking = holdInside(deps, taker, show, 0)
    const attempts = Promise.allSettled<unknown>([
      expireReservation(deps, held.reservationId),
      expireDueHolds(deps),
      releaseReservation(deps, { fanId: owner, reservationId: held.reservationId }),
      taking,
    ])
    expect(refusalsOf(await attempts)).toEqual([])
    const { rows: after } = await deps.db.pool.query(
      'select version from seats where show_id = $1 order by id',
      [show.showId],
    )
    expect(after[1].version - before[1].version).toBe(1)
    expect(await statusesOf(show.seatIds)).toEqual(['held', 'available'])
    expect(await checkSeats(deps, show.showId)).toEqual([])
    await lapseHold(deps, await taking)
    await expireDueHolds(deps)
  }
})

test('a late job does not touch seats that somebody else holds by now', async () => {
  const show = await makeShow(deps)
  const held = await holdInside(deps, await makeFan(deps), show, 0, 1)
  await lapseHold(deps, held)
  await holdInside(deps, await makeFan(deps), show, 0)
  expect(await expireReservation(deps, held.reservationId)).toBe(false)
  expect(await statusesOf(pickSeats(show, 0, 1))).toEqual(['held', 'available'])
})

test('the sweep waits for nobody: what a transaction has locked is left for the next one', async () => {
  const show = await makeShow(deps)
  const [locked, free] = [
    await holdInside(deps, await makeFan(deps), show, 0, 1),
    await holdInside(deps, await makeFan(deps), show, 2),
  ]
  await lapseHold(deps, locked)
  await lapseHold(deps, free)
  await inTransaction(deps.db, async (tx) => {
    await tx.query('select from seats where id = any($1) for update', [pickSeats(show, 1)])
    expect(await expireDueHolds(deps)).toBe(1)
  })
  expect(await statusesOf(pickSeats(show, 0, 1, 2))).toEqual(['held', 'held', 'available'])
  expect(await expireDueHolds(deps)).toBe(1)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('the sweep waits for no count of seats that a transaction has locked, and takes no seat of its fan either', async () => {
  const show = await makeShow(deps)
  const [busy, idle] = [await makeFan(deps), await makeFan(deps)]
  const [locked, free] = [await holdInside(deps, busy, show, 0), await holdInside(deps, idle, show, 1)]
  await lapseHold(deps, locked)
  await lapseHold(deps, free)
  await inTransaction(deps.db, async (tx) => {
    await tx.query('select from fan_seat_counts where show_id = $1 and fan_id = $2 for update', [
      show.showId,
      busy,
    ])
    expect(await expireDueHolds(deps)).toBe(1)
  })
  expect(await statusesOf(pickSeats(show, 0, 1))).toEqual(['held', 'available'])
  expect(await expireDueHolds(deps)).toBe(1)
  expect(await checkSeats(deps, show.showId)).toEqual([])
})

test('only the owner can release, and releasing again answers the same', async () => {
  const show = await makeShow(deps)
  const [owner, stranger] = [await makeFan(deps), await makeFan(deps)]
  const { reservationId } = await holdInside(deps, owner, show, 0)
  await expect(releaseReservation(deps, { fanId: stranger, reservationId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'reservation' },
  })
  await expect(readReservation(deps, { fanId: stranger, reservationId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await releaseReservation(deps, { fanId: owner, reservationId })).toMatchObject({ state: 'RELEASED' })
  await holdInside(deps, stranger, show, 0)
  expect(await releaseReservation(deps, { fanId: owner, reservationId })).toMatchObject({ state: 'RELEASED' })
  expect(await statusesOf(pickSeats(show, 0))).toEqual(['held'])
})

test('letting go of one of two holds leaves the fan inside for the other; letting go of both does not', async () => {
  const show = await makeShow(deps)
  const fan = { concertId: show.concertId, fanId: await makeFan(deps) }
  await changeLine(deps, show.concertId, { pass_ttl_ms: 60_000 })
  const pass = await givePass(deps, fan)
  const hold = (seat: number) =>
    holdSeats(deps, { ...fan, showId: show.showId, pass, seatIds: pickSeats(show, seat) })
  const [first, second] = [await hold(0), await hold(1)]
  const release = ({ reservationId }: Reservation) => releaseReservation(deps, { ...fan, reservationId })
  const insideUntilMs = async () => {
    const entry = await readEntry(deps, fan)
    return entry.state === 'active' ? entry.expiresAtMs : 0
  }
  await release(first)
  expect(await insideUntilMs()).toBeGreaterThanOrEqual(second.heldUntilMs)
  await release(second)
  expect(await insideUntilMs()).toBeLessThan(second.heldUntilMs)
})

test('what is paid cannot be released, nor expired', async () => {
  const show = await makeShow(deps)
  const fanId = await makeFan(deps)
  const { reservationId } = await holdInside(deps, fanId, show, 0)
  await deps.db.pool.query(
    `with paid as (update reservations set state = 'PAID', paid_at = now() where id = $1)
     update seats set status = 'sold', held_until = null where reservation_id = $1`,
    [reservationId],
  )
  await expect(releaseReservation(deps, { fanId, reservationId })).rejects.toMatchObject({
    code: 'HOLD_ENDED',
    details: { reservationId, state: 'PAID' },
  })
  expect(await endReservations(deps.db.pool, [reservationId], 'EXPIRED')).toEqual([])
  expect(await statusesOf(pickSeats(show, 0))).toEqual(['sold'])
})
