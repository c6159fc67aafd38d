import type { Rule } from './sql-oracle.ts'

/** Sold <=> paid reservation <=> payment <=> transfer <=> ticket. */
export const saleRules: readonly Rule[] = [
  {
    name: 'sold-seat-has-one-ticket',
    says: 'A sold seat has one good ticket, of the reservation that owns it; no other seat has one.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seats.id || ' is ' || status || ' with ' || good.count || ' good tickets', seats.show_id
      from ${from.seats} seats cross join lateral (
        select count(*) as count, count(*) filter (where tickets.reservation_id = seats.reservation_id) as own
        from tickets where tickets.seat_id = seats.id and tickets.state <> 'VOID'
      ) good
      where good.count <> (status = 'sold')::int or (status = 'sold' and good.own <> 1)`,
  },
  {
    name: 'good-ticket-has-its-seat',
    says: 'A ticket that is good opens a sold seat, and ticket, seat, reservation and payment name the same fan and show.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'ticket ' || tickets.id || ' for seat ' || tickets.seat_id, tickets.show_id
      from ${from.tickets} tickets
      join reservations on reservations.id = tickets.reservation_id
      join payments on payments.id = tickets.payment_id
      where reservations.fan_id <> tickets.fan_id or payments.fan_id <> tickets.fan_id
         or reservations.show_id <> tickets.show_id or not reservations.id = any(payments.reservation_ids)
         or not tickets.seat_id = any(reservations.seat_ids)
         or (tickets.state <> 'VOID' and not exists (
           select from seats where seats.id = tickets.seat_id and seats.status = 'sold'
             and seats.reservation_id = tickets.reservation_id and seats.show_id = tickets.show_id))`,
  },
  {
    name: 'paid-reservation-has-one-payment',
    says: 'A reservation that was paid is named by one payment, of its fan; another by none.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' is ' || state || ' and in ' || paid.count || ' payments', reservations.show_id
      from ${from.reservations} reservations cross join lateral (
        select count(*) as count from payments
        where payments.fan_id = reservations.fan_id and reservations.id = any(reservation_ids)
      ) paid
      where paid.count <> (state in ('PAID', 'REFUNDED'))::int`,
  },
  {
    name: 'payment-is-the-sum-of-its-reservations',
    says: 'A payment costs what its reservations cost, and each of them was paid, by its fan and for its concert.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'payment ' || payments.id || ' of ' || payments.amount_minor || ' for reservations of ' || bought.amount, bought.show_id
      from ${from.payments} payments cross join lateral (
        select coalesce(sum(amount_minor), 0) as amount, min(show_id) as show_id, count(*) as count
        from reservations
        where reservations.id = any(reservation_ids) and reservations.fan_id = payments.fan_id
          and reservations.concert_id = payments.concert_id and state in ('PAID', 'REFUNDED')
      ) bought
      where bought.amount <> payments.amount_minor or bought.count <> cardinality(reservation_ids)`,
  },
  {
    name: 'money-of-a-reservation-moved-as-it-says',
    says: 'What a paid reservation costs moved once from its fan; what was refunded moved back once; for any other nothing moved.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' of ' || amount_minor || ' is ' || state || ': paid ' || moved.paid
             || ', refunded ' || moved.refunded, reservations.show_id
      from ${from.reservations} reservations cross join lateral (
        select coalesce(sum(transfers.amount_minor) filter (where transfers.kind = 'payment' and debit.account_id = fan_id), 0) as paid,
               coalesce(sum(transfers.amount_minor) filter (where transfers.kind = 'refund' and credit.account_id = fan_id), 0) as refunded
        from transfers
        join wallets debit on debit.id = debit_wallet_id
        join wallets credit on credit.id = credit_wallet_id
        where transfers.kind in ('payment', 'refund') and transfers.reservation_id = reservations.id
      ) moved
      where moved.paid <> case when state in ('PAID', 'REFUNDED') then amount_minor else 0 end
         or moved.refunded <> case when state = 'REFUNDED' then amount_minor else 0 end`,
  },
  {
    name: 'paid-seat-is-released-by-a-refund-alone',
    says: 'The seats of a payment are sold, or the money of them went back.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'seat ' || seat_id || ' of payment ' || payments.id || ' is no longer sold, and reservation ' || reservations.id
             || ' was not refunded', reservations.show_id
      from ${from.payments} payments
      cross join unnest(reservation_ids) as bought
      join reservations on reservations.id = bought
      cross join unnest(seat_ids) as seat_id
      where not exists (
        select from seats where seats.id = seat_id and seats.status = 'sold' and seats.reservation_id = reservations.id)
      and not (state = 'REFUNDED' and (reservations.amount_minor = 0 or exists (
        select from transfers where kind = 'refund' and transfers.reservation_id = reservations.id)))`,
  },
  {
    name: 'cancelled-show-is-given-back',
    says: 'Of a show whose cancellation is finished nothing is held or paid, and what is noted as given back was.',
    isCheap: 'whenRecent',
    find: (from) => `
      select 'reservation ' || reservations.id || ' of a cancelled show is ' || state, reservations.show_id
      from ${from.reservations} reservations
      where (state in ('HELD', 'PAID') and exists (
          select from cancellations where cancellations.show_id = reservations.show_id and finished_at is not null))
        or (state <> 'REFUNDED' and exists (
          select from cancellation_refunds refunds where refunds.show_id = reservations.show_id
            and refunds.reservation_id = reservations.id and refunds.state = 'REFUNDED'))`,
  },
]
