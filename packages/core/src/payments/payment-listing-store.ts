import type { AccountId, ConcertId, PaymentId, PaymentListing, ReservationId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/**
 * The reply that each payment got, read from what it left behind. Its balance is the wallet's after its last transfer; one
 * that cost nothing has none, so there the one before it counts: among the fan's own, read first and by both indexes, because
 * otherwise everybody's transfers are read backwards until one is the fan's (100 ms of 200,000).
 */
const listingColumns = `payments.id as "paymentId", payments.concert_id as "concertId", reservation_ids as "reservationIds",
  array(select tickets.id from tickets
        where reservation_id = any(reservation_ids) and payment_id = payments.id order by tickets.id) as "ticketIds",
  amount_minor as "amountMinor", concerts.currency,
  floor(extract(epoch from paid_at) * 1000)::bigint as "paidAtMs",
  coalesce(
    (select fan_balance_after_minor from transfers
     where kind = 'payment' and reservation_id = any(reservation_ids) order by transfers.id desc limit 1),
    (with own as materialized (
       select id, fan_balance_after_minor, created_at from transfers where debit_wallet_id = wallets.id
       union all
       select id, fan_balance_after_minor, created_at from transfers where credit_wallet_id = wallets.id)
     select fan_balance_after_minor from own where created_at <= paid_at order by id desc limit 1),
    0) as "balanceMinor",
  array(select reservations.id from reservations
        where reservations.id = any(reservation_ids) and state = 'REFUNDED' order by 1) as "refundedReservationIds"`

const listed = `from payments
  join concerts on concerts.id = payments.concert_id
  join wallets on wallets.account_id = payments.fan_id`

export async function findPayment(
  db: Database,
  fanId: AccountId,
  paymentId: PaymentId,
): Promise<PaymentListing | undefined> {
  const { rows } = await db.pool.query<PaymentListing>({
    name: 'find-payment',
    text: `select ${listingColumns} ${listed} where payments.id = $2 and payments.fan_id = $1`,
    values: [fanId, paymentId],
  })
  return rows[0]
}

/** The fan's newest `limit` payments, newest first. */
export async function findPayments(db: Database, fanId: AccountId, limit: number): Promise<PaymentListing[]> {
  const { rows } = await db.pool.query<PaymentListing>({
    name: 'find-payments',
    text: `select ${listingColumns} ${listed} where payments.fan_id = $1 order by payments.id desc limit $2`,
    values: [fanId, limit],
  })
  return rows
}

/** The fan's payment of exactly these reservations, their ids in order. A reservation is paid once, so there is one at most. */
export async function findExactPayment(
  db: Database,
  fanId: AccountId,
  reservationIds: readonly ReservationId[],
): Promise<PaymentListing | undefined> {
  const { rows } = await db.pool.query<PaymentListing>({
    name: 'find-exact-payment',
    text: `select ${listingColumns} ${listed} where payments.fan_id = $1 and reservation_ids = $2::bigint[]`,
    values: [fanId, reservationIds],
  })
  return rows[0]
}

export async function findNewestPayment(
  db: Database,
  fanId: AccountId,
  concertId: ConcertId,
): Promise<PaymentListing | undefined> {
  const { rows } = await db.pool.query<PaymentListing>({
    name: 'find-newest-payment',
    text: `select ${listingColumns} ${listed}
           where payments.fan_id = $1 and payments.concert_id = $2 order by payments.id desc limit 1`,
    values: [fanId, concertId],
  })
  return rows[0]
}
