import type { AccountId } from '@greenroom/contract'
import type { ReservationFacts } from './sale-store.ts'

/** What the events about a reservation say of it, and nothing else that its row may hold. */
export function saleOf(
  { reservationId, concertId, showId, seatIds, amountMinor, currency }: ReservationFacts,
  fanId: AccountId,
): ReservationFacts & { fanId: AccountId } {
  return { reservationId, concertId, showId, fanId, seatIds, amountMinor, currency }
}
