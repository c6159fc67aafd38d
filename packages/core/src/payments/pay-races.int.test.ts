import { randomUUID } from 'node:crypto'
import type { AccountId, Payment, Reservation, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { expireDueHolds, expireReservation, holdSeats, releaseReservation } from '../reservations/index.ts'
import { inTransaction } from '../platform/database.ts'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { checkLedger } from '../testing/check-ledger.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { checkSeats } from '../testing/check-seats.ts'
import { givePass } from '../testing/give-pass.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { refusalsOf } from '../testing/outcomes.ts'
import { balanceOf } from '../testing/sale-facts.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge } from '../wallet/index.ts'
import { pay, refund } from './index.ts'
import { sellSeats } from './sale-store.ts'

const deps = await createTestDeps()

type Scene = {
  show: TestShow
  late: AccountId
  quick: AccountId
  hold: ReservationId
  payLate: () => Promise<Payment>
  takeOver: () => Promise<Reservation>
}

/** `late` holds two seats and their time ends in `endsInMs`; `quick` is inside and wants them. */
async function makeScene(endsInMs: number): Promise<Scene> {
  const show = await makeShow(deps, { priceMinor: 10_000 })
  const [late, quick] = [await makeRichFan(deps, 50_000), await makeRichFan(deps, 50_000)]
  const pass = await givePass(deps, { concertId: show.concertId, fanId: quick })
  const seatIds = show.seatIds.slice(0, 2)
  const hold = await insertHold(deps, { fanId: late, show, seatIds, endsInMs })
  return {
    show,
    late,
    quick,
    hold,
    payLate: () => pay(deps, { fanId: late, reservationIds: [hold], idempotencyKey: randomUUID() }),
    takeOver: () => holdSeats(deps, { fanId: quick, showId: show.showId, seatIds, pass }),
  }
}

async function ownersOf({ show }: Scene): Promise<unknown[]> {
  const { rows } = await deps.db.pool.query(
    `select distinct status, fan_id from seats join reservations on reservations.id = reservation_id
     where seats.id = any($1)`,
    [show.seatIds.slice(0, 2)],
  )
  return rows
}

function seatsOf({ show }: Scene): { text: string; values: unknown[] } {
  return { text: 'select from seats where id = any($1) for update', values: [show.seatIds.slice(0, 2)] }
}

test('pay against a take-over at the same moment, the payment first: sold, and the other is told so', async () => {
  const scene = await makeScene(-1_000)
  const [paid, taken] = await meetInOrder(deps, seatsOf(scene), [scene.payLate, scene.takeOver])
  expect(paid).toMatchObject({ status: 'fulfilled' })
  expect(taken).toMatchObject({ status: 'rejected', reason: { code: 'SEATS_TAKEN' } })
  expect(await ownersOf(scene)).toEqual([{ status: 'sold', fan_id: scene.late }])
  expect(await checkLedger(deps)).toEqual([])
})

test('pay against a take-over at the same moment, the take-over first: refused, and no money moves', async () => {
  const scene = await makeScene(-1_000)
  const [taken, paid] = await meetInOrder(deps, seatsOf(scene), [scene.takeOver, scene.payLate])
  expect(taken).toMatchObject({ status: 'fulfilled' })
  expect(paid).toMatchObject({ status: 'rejected', reason: { code: 'HOLD_EXPIRED' } })
  expect(await ownersOf(scene)).toEqual([{ status: 'held', fan_id: scene.quick }])
  expect(await balanceOf(deps, scene.late)).toBe(50_000)
  expect(await checkLedger(deps)).toEqual([])
})

test('pay against expiry at the same moment, the payment first: expiry leaves it alone', async () => {
  const scene = await makeScene(-1_000)
  const expire = async (): Promise<void> => {
    expect(await expireReservation(deps, scene.hold)).toBe(false)
    expect(await expireDueHolds(deps)).toBe(0)
  }
  const keeper = await deps.db.pool.connect()
  await keeper.query('begin')
  await keeper.query(seatsOf(scene).text, seatsOf(scene).values)
  const paying = scene.payLate()
  await expire()
  await keeper.query('rollback')
  keeper.release()
  await paying
  await expire()
  expect(await ownersOf(scene)).toEqual([{ status: 'sold', fan_id: scene.late }])
  expect(await checkLedger(deps)).toEqual([])
})

test('pay against expiry at the same moment, expiry first: the seats are free, so they are paid all the same', async () => {
  const scene = await makeScene(-1_000)
  expect(await expireReservation(deps, scene.hold)).toBe(true)
  await scene.payLate()
  expect(await ownersOf(scene)).toEqual([{ status: 'sold', fan_id: scene.late }])
  expect(await checkLedger(deps)).toEqual([])
})

test('pay against expiry, sweep and take-over, 40 times at random: one owner, and money only for seats', async () => {
  for (let round = 0; round < 40; round += 1) {
    const scene = await makeScene((round % 4) - 2)
    const race = shuffle([
      scene.payLate,
      scene.takeOver,
      () => expireReservation(deps, scene.hold),
      () => expireDueHolds(deps),
    ])
    await Promise.allSettled(race.map((command) => command()))
    const [owner, ...others] = await ownersOf(scene)
    expect(others).toEqual([])
    const soldToLate = JSON.stringify(owner) === JSON.stringify({ status: 'sold', fan_id: scene.late })
    expect(await balanceOf(deps, scene.late)).toBe(soldToLate ? 30_000 : 50_000)
    expect(await checkSeats(deps, scene.show.showId)).toEqual([])
  }
  expect(await checkLedger(deps)).toEqual([])
})

test('six fans, ten seats, everything at once: the books are right to the last won, and nothing deadlocked', async () => {
  const show = await makeShow(deps, { priceMinor: 1_000, seatCount: 10, seatsPerFan: 4 })
  const fans = await Promise.all(Array.from({ length: 6 }, () => makeRichFan(deps, 20_000)))
  const holds = new Set<ReservationId>()
  // connections of their own: Postgres counts deadlocks for sure only once a connection has ended
  const wild = openDeps(deps.settings, 'wild')
  const refusals: unknown[] = []
  // until all of it has happened, or the test would have shown nothing
  for (let round = 0; round < 20 && (await countStates(show)) < 4; round += 1) {
    const lives = fans.map((fanId) => liveWildly(wild, fanId, show, holds))
    refusals.push(...(await Promise.all(lives)).flat())
  }
  await closeDeps(wild)
  expect(refusals.filter((reason) => !isRefusal(reason))).toEqual([])
  expect(await checkSeats(deps, show.showId)).toEqual([])
  expect(await checkLedger(deps)).toEqual([])
  expect(await countDeadlocks()).toBe(0)
  expect(await countStates(show)).toBe(4)
})

/** How many of the ways in which a hold can end have been seen. */
async function countStates({ showId }: TestShow): Promise<number> {
  const { rowCount } = await deps.db.pool.query(
    "select distinct state from reservations where show_id = $1 and state <> 'HELD'",
    [showId],
  )
  return rowCount ?? 0
}

/** Eighty steps of holding, paying, refunding, letting go, charging and time passing, at random; answers with what was refused. */
async function liveWildly(
  wild: Deps,
  fanId: AccountId,
  show: TestShow,
  holds: Set<ReservationId>,
): Promise<unknown[]> {
  const { concertId, showId } = show
  const outcomes: PromiseSettledResult<unknown>[] = []
  const mine: ReservationId[] = []
  const hold = async (): Promise<void> => {
    const pass = await givePass(wild, { concertId, fanId })
    const first = Math.floor(Math.random() * 9)
    const seatIds = show.seatIds.slice(first, first + 2)
    const { reservationId } = await holdSeats(wild, { fanId, showId, pass, seatIds })
    mine.push(reservationId)
    holds.add(reservationId)
  }
  for (let step = 0; step < 80; step += 1) {
    const idempotencyKey = randomUUID()
    // mostly one's own, the newest ones; now and then somebody else's
    const [reservationId] = shuffle([...mine.slice(-3), ...shuffle([...holds]).slice(-1)])
    const onHold = (id: ReservationId): (() => Promise<unknown>)[] => [
      () => pay(wild, { fanId, reservationIds: [id], idempotencyKey }),
      () => pay(wild, { fanId, reservationIds: [id], idempotencyKey }),
      () => refund(wild, { fanId, reservationId: id, idempotencyKey }),
      () => refund(wild, { fanId, reservationId: id, idempotencyKey }),
      () => releaseReservation(wild, { fanId, reservationId: id }),
      () => lapse(wild, id),
      () => expireDueHolds(wild),
      () => charge(wild, { fanId, amountMinor: 10, idempotencyKey }),
    ]
    const [command] = shuffle([hold, hold, ...(reservationId === undefined ? [] : onHold(reservationId))])
    if (command !== undefined) outcomes.push(...(await Promise.allSettled([command()])))
  }
  return refusalsOf(outcomes)
}

/** The hold's time is over, and nobody has noticed yet. */
async function lapse(wild: Deps, reservationId: ReservationId): Promise<void> {
  await inTransaction(wild.db, async (tx) => {
    await tx.query('select from seats where reservation_id = $1 order by id for update', [reservationId])
    await tx.query(
      "update seats set held_until = now() - interval '1 ms' where reservation_id = $1 and status = 'held'",
      [reservationId],
    )
    await tx.query(
      "update reservations set held_until = now() - interval '1 ms' where id = $1 and state = 'HELD'",
      [reservationId],
    )
  })
}

async function countDeadlocks(): Promise<unknown> {
  const { rows } = await deps.db.pool.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return rows[0]?.deadlocks
}

function shuffle<T>(list: readonly T[]): T[] {
  return list.toSorted(() => Math.random() - 0.5)
}

function isRefusal(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'DomainError'
}

test('the fence alone keeps a payment from selling what another fan holds', async () => {
  const scene = await makeScene(-1_000)
  await scene.takeOver()
  const tx = await deps.db.pool.connect()
  await tx.query('begin')
  expect(await sellSeats(tx, [scene.hold])).toEqual([])
  await tx.query('rollback')
  tx.release()
  expect(await ownersOf(scene)).toEqual([{ status: 'held', fan_id: scene.quick }])
})

test('guard off: seats sold by their ids alone, without the fence, are sold twice', async () => {
  const scene = await makeScene(-1_000)
  await scene.takeOver()
  const { rowCount } = await deps.db.pool.query(
    `with paid as (
       update reservations set state = 'PAID', paid_at = now(), ended_at = null where id = $1 returning id, seat_ids
     )
     update seats set status = 'sold', reservation_id = paid.id, held_until = null
     from paid where seats.id = any(paid.seat_ids)`,
    [scene.hold],
  )
  expect(rowCount).toBe(2)
  expect(await checkSeats(deps, scene.show.showId)).not.toEqual([])
})
