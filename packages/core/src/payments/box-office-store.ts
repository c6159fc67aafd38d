import type { FoundPayment, PaymentDetails, PaymentId, TicketId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

const columns = `payments.id as "paymentId", accounts.email as "fanEmail", accounts.name as "fanName",
  payments.concert_id as "concertId", concerts.title as "concertTitle", payments.amount_minor as "amountMinor",
  (select coalesce(sum(amount_minor), 0)::float8 from reservations
   where reservations.id = any(reservation_ids) and state = 'REFUNDED') as "refundedMinor", concerts.currency,
  floor(extract(epoch from paid_at) * 1000)::float8 as "paidAtMs"`

const joined = `from payments
  join accounts on accounts.id = payments.fan_id
  join concerts on concerts.id = payments.concert_id`

/** One payment by its id or a ticket of it, or the newest 50 of one address. */
export async function findPaymentsBy(
  db: Database,
  by: { paymentId: PaymentId } | { ticketId: TicketId } | { email: string },
): Promise<FoundPayment[]> {
  const [name, where, value] =
    'paymentId' in by
      ? ['id', 'payments.id = $1::bigint', by.paymentId]
      : 'ticketId' in by
        ? [
            'ticket',
            'payments.id = (select payment_id from tickets where tickets.id = $1::bigint)',
            by.ticketId,
          ]
        : ['email', 'payments.fan_id = (select id from accounts where email = $1::text)', by.email]
  const { rows } = await db.pool.query<FoundPayment>({
    name: `find-payments-by-${name}`,
    text: `select ${columns} ${joined} where ${where} order by payments.id desc limit 50`,
    values: [value],
  })
  return rows
}

export async function findPaymentDetails(
  db: Database,
  paymentId: PaymentId,
): Promise<PaymentDetails | undefined> {
  const { rows } = await db.pool.query<PaymentDetails>({
    name: 'find-payment-details',
    text: `select ${columns}, payments.fan_id as "fanId", concerts.time_zone as "timeZone", concerts.venue,
             (select json_agg(json_build_object(
                'reservationId', r.id, 'showId', r.show_id, 'state', r.state, 'amountMinor', r.amount_minor,
                'startsAtMs', floor(extract(epoch from shows.starts_at) * 1000)::bigint,
                'isCancelled', shows.cancelled_at is not null,
                'heldAtMs', floor(extract(epoch from r.held_at) * 1000)::bigint,
                'endedAtMs', floor(extract(epoch from r.ended_at) * 1000)::bigint,
                'tickets', (
                  select coalesce(json_agg(json_build_object(
                    'ticketId', tickets.id, 'section', seats.section, 'row', seats.row_label, 'number', seats.number,
                    'state', tickets.state, 'usedAtMs', floor(extract(epoch from used_at) * 1000)::bigint) order by seats.ordinal), '[]')
                  from tickets join seats on seats.id = tickets.seat_id
                  where tickets.reservation_id = r.id and tickets.payment_id = payments.id)) order by r.id)
              from reservations r join shows on shows.id = r.show_id
              where r.id = any(reservation_ids)) as reservations
           ${joined} where payments.id = $1`,
    values: [paymentId],
  })
  return rows[0]
}
