import {
  type AccountId,
  DomainError,
  type ReservationId,
  type ReservationState,
  type SeatId,
} from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import {
  endReservations,
  lockSeatCounts,
  lockSeats,
  type SeatCount,
  type SeatState,
} from '../reservations/index.ts'
import {
  addToSeatCount,
  findLapsedHolds,
  findReservations,
  lockReservationStates,
  type ReservationFacts,
} from './sale-store.ts'

/**
 * Locks everything a payment changes but the wallet, in the order in which holding locks it too: the fan's seat counts,
 * seats by id, reservations by id. Answers with the reservations, all of which may now be sold: each still has its
 * seats, or lost them to the clock alone and has them again, because nobody took them meanwhile.
 *
 * `mustBeLive`: a hold that is over is HOLD_EXPIRED, even if its seats are still to be had.
 *
 * Refuses with NOT_FOUND (none such, or another fan's), BAD_INPUT (two concerts), HOLD_ENDED (paid by another attempt,
 * released or refunded), HOLD_EXPIRED (over, and somebody has a seat of it), SALE_CLOSED (over, and so is the sale),
 * SALE_STOPPED (something is wrong with the show) or SEAT_LIMIT_REACHED.
 */
export async function lockSale(
  tx: Tx,
  fanId: AccountId,
  reservationIds: readonly ReservationId[],
  { mustBeLive }: { mustBeLive: boolean },
): Promise<ReservationFacts[]> {
  const sale = await findReservations(tx, fanId, reservationIds)
  if (sale.length !== reservationIds.length) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  requireOneConcert(sale)
  const swept = sale.filter(({ state }) => state === 'EXPIRED')
  const inTheWay = swept.length === 0 ? [] : await findLapsedHolds(tx, allSeatIds(swept))
  const counts = await lockSeatCounts(tx, [...sale.map(({ showId }) => ({ showId, fanId })), ...inTheWay])
  const seats = await lockSeats(tx, allSeatIds([...sale, ...inTheWay]))
  const states = await lockReservationStates(tx, reservationIds)
  for (const reservation of sale) {
    const state = states.get(reservation.reservationId)
    if (state !== 'EXPIRED') requireHeld(reservation, state)
    if (reservation.stoppedBy !== null)
      throw new DomainError('SALE_STOPPED', { reason: reservation.stoppedBy })
    if (mustBeLive && (reservation.isOver || state === 'EXPIRED')) throw expired(reservation)
    if (reservation.isOver && !reservation.isOnSale) throw new DomainError('SALE_CLOSED', {})
    if (state === 'EXPIRED') await takeAgain(tx, fanId, reservation, { seats, counts })
  }
  return sale
}

function requireOneConcert(sale: readonly ReservationFacts[]): void {
  if (new Set(sale.map(({ concertId }) => concertId)).size <= 1) return
  const message = 'reservations of one concert are paid together'
  throw new DomainError('BAD_INPUT', { faults: [{ path: 'reservationIds', message }] })
}

/** A hold whose time is over but whose seats nobody took is as good as a live one: the seats still carry its id. */
function requireHeld({ reservationId }: ReservationFacts, state: ReservationState | undefined): void {
  if (state === undefined) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  if (state !== 'HELD') throw new DomainError('HOLD_ENDED', { reservationId, state })
}

async function takeAgain(
  tx: Tx,
  fanId: AccountId,
  { reservationId, seatIds, showId }: ReservationFacts,
  locked: { seats: ReadonlyMap<SeatId, SeatState>; counts: SeatCount[] },
): Promise<void> {
  const seats = seatIds.flatMap((seatId) => locked.seats.get(seatId) ?? [])
  const isFree = seats.every(({ status, isLapsed }) => status === 'available' || isLapsed)
  if (!isFree || seats.length !== seatIds.length) throw expired({ reservationId })
  const count = locked.counts.find((each) => each.showId === showId && each.fanId === fanId)
  if (count !== undefined) {
    if (count.seatCount + seatIds.length > count.seatLimit)
      throw new DomainError('SEAT_LIMIT_REACHED', { limit: count.seatLimit, held: count.seatCount })
    count.seatCount += seatIds.length
  }
  const lapsed = seats.flatMap(({ isLapsed, reservationId: holder }) =>
    isLapsed && holder !== null ? [holder] : [],
  )
  if (lapsed.length > 0) await endReservations(tx, [...new Set(lapsed)], 'EXPIRED')
  await addToSeatCount(tx, { fanId, showId, change: seatIds.length })
}

function expired({ reservationId }: Pick<ReservationFacts, 'reservationId'>): DomainError {
  return new DomainError('HOLD_EXPIRED', { reservationId })
}

function allSeatIds(holds: readonly { seatIds: SeatId[] }[]): SeatId[] {
  return [...new Set(holds.flatMap(({ seatIds }) => seatIds))]
}
