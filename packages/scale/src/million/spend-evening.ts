import { randomUUID } from 'node:crypto'
import { type AccountId, isDomainError, type Reservation, type SeatId } from '@greenroom/contract'
import {
  charge,
  enterSale,
  holdSeats,
  leaveLine,
  pay,
  readLineStatus,
  releaseReservation,
} from '@greenroom/core'
import { askUntilAnswered } from './ask-until-answered.ts'
import type { SaleCounts, SellParts } from './sell-everything.ts'

type Evening = SellParts & {
  fanId: AccountId
  /** Counts the fans from 0 on: decides what this one is like. */
  fan: number
  /** Seats nobody has, as everybody sees them. */
  free: Set<SeatId>
  counts: SaleCounts
}

/** Fans want 1 to 4 seats. */
const mostSeats = 4
/** Every so many-th fan holds seats and gives them back. */
const giveBackEvery = 20
const mostTries = 20
/** Fans look at the same best seats: they pick among so many. */
const picksFrom = 1_000

/** What one fan does who was let in: goes in, holds seats, pays for them or gives them back, and goes. */
export async function spendEvening(evening: Evening): Promise<void> {
  const { deps, fanId, counts } = evening
  const pass = await goIn(evening)
  const reservation = await holdSome(evening, pass)
  if (reservation === undefined) {
    counts.tooLate += 1
    return await goHome(evening)
  }
  const seatIds = reservation.seats.map((seat) => seat.seatId)
  const { reservationId, amountMinor } = reservation
  if (evening.fan % giveBackEvery === giveBackEvery - 1) {
    counts.calls += 1
    await askUntilAnswered(() => releaseReservation(deps, { fanId, reservationId }))
    for (const seatId of seatIds) evening.free.add(seatId)
    counts.gaveBack += 1
    return await goHome(evening)
  }
  counts.calls += 2
  const [chargeKey, payKey] = [randomUUID(), randomUUID()]
  await askUntilAnswered(() => charge(deps, { fanId, amountMinor, idempotencyKey: chargeKey }))
  await askUntilAnswered(() => pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: payKey }))
  counts.buyers += 1
  counts.seatsPaid += seatIds.length
}

/** Sees the offer and claims it. */
async function goIn({ deps, concertId, fanId, counts }: Evening): Promise<string> {
  counts.calls += 2
  const { entry: offered } = await askUntilAnswered(() => readLineStatus(deps, { concertId, fanId }))
  if (offered.state !== 'offered') throw new Error(`fan ${fanId} was let in and is ${offered.state}`)
  const entry = await askUntilAnswered(() => enterSale(deps, { concertId, fanId, pass: offered.pass }))
  if (entry.state !== 'active') throw new Error(`fan ${fanId} went in and is ${entry.state}`)
  return entry.pass
}

/** Holds seats that look free, others when somebody was faster; `undefined` when nothing is left. */
async function holdSome(evening: Evening, pass: string): Promise<Reservation | undefined> {
  const { deps, fanId, show, free, counts, mirror } = evening
  const wanted = 1 + (evening.fan % mostSeats)
  for (let tries = 0; tries < mostTries; tries++) {
    const seatIds = pickSeats(free, wanted)
    if (seatIds.length === 0) return undefined
    counts.calls += 1
    try {
      const reservation = await askUntilAnswered(() =>
        holdSeats(deps, { fanId, pass, showId: show.showId, seatIds, mirror }),
      )
      for (const seatId of seatIds) free.delete(seatId)
      return reservation
    } catch (error) {
      if (!isDomainError(error, 'SEATS_TAKEN')) throw error
      counts.lostRaces += 1
    }
  }
  return undefined
}

/** Neighbours somewhere among the first seats that are free; fewer when there are not so many. */
function pickSeats(free: ReadonlySet<SeatId>, wanted: number): SeatId[] {
  const first: SeatId[] = []
  for (const seatId of free) {
    if (first.push(seatId) === picksFrom) break
  }
  const at = Math.floor(Math.random() * Math.max(1, first.length - wanted + 1))
  return first.slice(at, at + wanted)
}

async function goHome({ deps, concertId, fanId, counts }: Evening): Promise<void> {
  counts.calls += 1
  await askUntilAnswered(() => leaveLine(deps, { concertId, fanId }))
}
