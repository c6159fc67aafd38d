import type { AccountId, PaymentId, ReservationId, ReservationState } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { ReservationFacts } from './sale-store.ts'

export type OwnedReservation = ReservationFacts & { fanId: AccountId }

/** What of these reservations never changes, whoever owns them, without locking them. */
export async function findOwned(tx: Tx, ids: readonly ReservationId[]): Promise<OwnedReservation[]> {
  const { rows } = await tx.query<OwnedReservation>({
    name: 'find-owned-reservations',
    text: `select reservations.id as "reservationId", show_id as "showId", concerts.id as "concertId", fan_id as "fanId",
                  seat_ids as "seatIds", amount_minor as "amountMinor", concerts.currency
           from reservations join concerts on concerts.id = reservations.concert_id
           where reservations.id = any($1::bigint[]) order by reservations.id`,
    values: [ids],
  })
  return rows
}

/** The states of those of the reservations that this payment bought; none when it bought none of them. */
export async function findBoughtBy(
  tx: Tx,
  paymentId: PaymentId,
  ids: readonly ReservationId[],
): Promise<{ reservationId: ReservationId; state: ReservationState }[]> {
  const { rows } = await tx.query<{ reservationId: ReservationId; state: ReservationState }>({
    name: 'find-bought-by',
    text: `select reservations.id as "reservationId", state from payments
           join reservations on reservations.id = any(reservation_ids)
           where payments.id = $1 and reservations.id = any($2::bigint[]) order by reservations.id`,
    values: [paymentId, ids],
  })
  return rows
}
