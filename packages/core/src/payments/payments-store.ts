import type { AccountId, ConcertId, PaymentId, ReservationId, ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

export async function insertPayment(
  tx: Tx,
  payment: {
    fanId: AccountId
    concertId: ConcertId
    reservationIds: readonly ReservationId[]
    amountMinor: number
  },
): Promise<{ paymentId: PaymentId; paidAtMs: number }> {
  const { rows } = await tx.query<{ paymentId: PaymentId; paidAtMs: number }>({
    name: 'insert-payment',
    // not now(): a payment that waited for the wallet would be dated before the transfers it waited for
    text: `insert into payments (fan_id, concert_id, reservation_ids, amount_minor, paid_at)
           values ($1, $2, $3, $4, clock_timestamp())
           returning id as "paymentId", floor(extract(epoch from paid_at) * 1000)::bigint as "paidAtMs"`,
    values: [payment.fanId, payment.concertId, payment.reservationIds, payment.amountMinor],
  })
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row
}

export type ShowClock = { nowMs: number; hasStarted: boolean; isCancelled: boolean }

/** The database's clock, whether the show has begun by it, and whether it takes place at all. */
export async function readShowClock(tx: Tx, showId: ShowId): Promise<ShowClock> {
  const { rows } = await tx.query<ShowClock>({
    name: 'read-show-clock',
    text: `select floor(extract(epoch from now()) * 1000)::bigint as "nowMs", starts_at <= now() as "hasStarted",
                  cancelled_at is not null as "isCancelled"
           from shows where id = $1`,
    values: [showId],
  })
  const [row] = rows
  if (row === undefined) throw new Error('a reservation has no show')
  return row
}

/** The payment that bought a reservation; its tickets name it. */
export async function readPaymentOf(tx: Tx, reservationId: ReservationId): Promise<PaymentId> {
  const { rows } = await tx.query<{ paymentId: PaymentId }>({
    name: 'find-payment-of-reservation',
    text: 'select payment_id as "paymentId" from tickets where reservation_id = $1 limit 1',
    values: [reservationId],
  })
  const [row] = rows
  if (row === undefined) throw new Error(`reservation ${reservationId} was never paid`)
  return row.paymentId
}
