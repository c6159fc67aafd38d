import type {
  AccountId,
  ConcertId,
  Currency,
  Payment,
  ReservationId,
  SeatId,
  ShowId,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** What of a held reservation and of its fan's wallet decides whether it may be paid as one of many. Read without locks. */
export type PayableRow = {
  reservationId: ReservationId
  fanId: AccountId
  showId: ShowId
  concertId: ConcertId
  seatIds: SeatId[]
  amountMinor: number
  currency: Currency
  balanceMinor: number
}

/** Those of the reservations that are held, not over, of a sale that goes on, and priced in the currency of their fan's wallet. */
export async function findPayable(db: Database, ids: readonly ReservationId[]): Promise<PayableRow[]> {
  const { rows } = await db.pool.query<PayableRow>({
    name: 'find-payable',
    text: `select reservations.id as "reservationId", reservations.fan_id as "fanId", show_id as "showId",
                  reservations.concert_id as "concertId", seat_ids as "seatIds", amount_minor as "amountMinor",
                  concerts.currency, balance_minor as "balanceMinor"
           from reservations
           join shows on shows.id = show_id
           join concerts on concerts.id = reservations.concert_id
           join wallets on wallets.account_id = reservations.fan_id and wallets.currency = concerts.currency
           where reservations.id = any($1::bigint[]) and state = 'HELD' and held_until > now() and stopped_by is null`,
    values: [ids],
  })
  return rows
}

/** A payment of live holds of one fan at one concert, whose key the transaction has claimed. */
export type Sale = { fanId: AccountId; key: string; reservations: readonly PayableRow[] }

export type SettledRow = { fanId: AccountId; reply: Payment; concertId: ConcertId }

/**
 * Everything that many payments change, no two of one fan: money, seats, tickets, spent passes, events, outbox and replies. It
 * locks in the order of all payments, each kind of rows when all of the kind before it are had: wallets by fan, counts by
 * (show, fan), seats and reservations by id. What is then not as it was read is left out with its whole payment (a
 * hold that is over, a seat that is not its own, a sale that was stopped, a wallet that holds too little): that one is
 * not answered, and the caller rolls back.
 */
export const settleSalesText = `
with wish as materialized (
  select fan_id, key, reservation_ids::bigint[] as reservation_ids
  from unnest($1::bigint[], $2::text[], $3::text[]) as wish (fan_id, key, reservation_ids)
), wallet as materialized (
  select id, account_id, balance_minor, currency from wallets
  where account_id = any($1::bigint[]) order by account_id for no key update
), counted as materialized (
  select show_id from fan_seat_counts
  where show_id = any($6::bigint[]) and fan_id = any($7::bigint[])
    and (show_id, fan_id) in (select * from unnest($6::bigint[], $7::bigint[])) and (select count(*) from wallet) > 0
  order by show_id, fan_id for update
), seat as materialized (
  select id, reservation_id from seats
  where id = any($5::bigint[]) and status = 'held' and (select count(*) from counted) > 0
  order by id for update
), held as materialized (
  select id, fan_id, show_id, concert_id, seat_ids, amount_minor from reservations
  where id = any($4::bigint[]) and state = 'HELD' and held_until > now() and (select count(*) from seat) > 0
  order by id for update
), whole as materialized (
  select held.*, concerts.currency from held
  join shows on shows.id = held.show_id and stopped_by is null
  join concerts on concerts.id = held.concert_id
  where cardinality(seat_ids) = (select count(*) from seat where reservation_id = held.id and seat.id = any(seat_ids))
), sale as materialized (
  select wish.fan_id, wish.key, wish.reservation_ids, wallet.id as wallet_id, house.id as house_id, wallet.currency,
         min(whole.concert_id) as concert_id, sum(whole.amount_minor)::bigint as amount_minor,
         (min(wallet.balance_minor) - sum(whole.amount_minor))::bigint as balance_minor
  from wish
  join wallet on wallet.account_id = wish.fan_id
  join wallets house on house.kind = 'boxOffice' and house.currency = wallet.currency
  join whole on whole.fan_id = wish.fan_id and whole.id = any(wish.reservation_ids) and whole.currency = wallet.currency
  group by wish.fan_id, wish.key, wish.reservation_ids, wallet.id, house.id, wallet.currency
  having count(*) = cardinality(wish.reservation_ids) and count(distinct whole.concert_id) = 1
     and sum(whole.amount_minor) <= min(wallet.balance_minor)
), debited as (
  update wallets set balance_minor = wallets.balance_minor - sale.amount_minor from sale
  where wallets.id = sale.wallet_id and wallets.account_id = any($1::bigint[])
  returning wallets.account_id
), paid as (
  update reservations set state = 'PAID', paid_at = now(), ended_at = null from sale
  where reservations.id = any($4::bigint[]) and reservations.state = 'HELD'
    and reservations.fan_id = sale.fan_id and reservations.id = any(sale.reservation_ids)
  returning reservations.id, reservations.fan_id, reservations.show_id, reservations.concert_id, reservations.seat_ids,
            reservations.amount_minor
), sold as (
  update seats set status = 'sold', held_until = null, version = version + 1 from paid
  where seats.id = any($5::bigint[]) and seats.status = 'held'
    and seats.reservation_id = paid.id and seats.id = any(paid.seat_ids)
  returning seats.id, seats.show_id, seats.reservation_id, seats.version, paid.fan_id
), payment as (
  insert into payments (fan_id, concert_id, reservation_ids, amount_minor, paid_at)
  select fan_id, concert_id, reservation_ids, amount_minor, clock_timestamp() from sale order by fan_id
  returning id, fan_id, amount_minor, floor(extract(epoch from paid_at) * 1000)::bigint as paid_at_ms
), moved as (
  insert into transfers (kind, debit_wallet_id, credit_wallet_id, amount_minor, fan_balance_after_minor, payment_id, reservation_id)
  select 'payment', sale.wallet_id, sale.house_id, paid.amount_minor,
         sale.balance_minor + sale.amount_minor - sum(paid.amount_minor) over (partition by paid.fan_id order by paid.id),
         payment.id, paid.id
  from paid join sale on sale.fan_id = paid.fan_id join payment on payment.fan_id = paid.fan_id
  where paid.amount_minor > 0 order by paid.fan_id, paid.id
), spent as (
  insert into spent_passes (concert_id, fan_id, epoch, seq)
  select sale.concert_id, sale.fan_id, epoch, seq
  from sale join entered_places place on place.concert_id = sale.concert_id and place.fan_id = sale.fan_id
  order by sale.concert_id, sale.fan_id on conflict do nothing
), ticket as (
  insert into tickets (payment_id, reservation_id, show_id, seat_id, fan_id)
  select payment.id, sold.reservation_id, sold.show_id, sold.id, sold.fan_id
  from sold join payment on payment.fan_id = sold.fan_id order by sold.id
  returning id, seat_id, fan_id
), said as (
  insert into outbox (show_id, payload)
  select paid.show_id, jsonb_build_object(
    'fanId', paid.fan_id, 'reservationId', paid.id, 'state', 'PAID', 'heldUntilMs', null, 'changes', changed.changes)
  from paid join (
    select reservation_id, jsonb_agg(jsonb_build_array(id, 'sold', version) order by id) as changes
    from sold group by reservation_id) changed on changed.reservation_id = paid.id
  order by paid.id
), told as (
  insert into events (type, data)
  select 'reservation.paid', jsonb_build_object(
    'reservationId', paid.id, 'concertId', paid.concert_id, 'showId', paid.show_id, 'fanId', paid.fan_id,
    'seatIds', paid.seat_ids, 'amountMinor', paid.amount_minor, 'currency', sale.currency,
    'paymentId', payment.id, 'paidAtMs', payment.paid_at_ms)
  from paid join sale on sale.fan_id = paid.fan_id join payment on payment.fan_id = paid.fan_id order by paid.id
), answer as materialized (
  select sale.fan_id, sale.key, sale.concert_id, jsonb_build_object(
    'paymentId', payment.id, 'reservationIds', sale.reservation_ids, 'ticketIds', tickets.ids,
    'amountMinor', sale.amount_minor, 'currency', sale.currency, 'paidAtMs', payment.paid_at_ms,
    'balanceMinor', sale.balance_minor) as reply
  from sale join payment on payment.fan_id = sale.fan_id join debited on debited.account_id = sale.fan_id
  join (select fan_id, jsonb_agg(id order by seat_id) as ids from ticket group by fan_id) tickets on tickets.fan_id = sale.fan_id
  join (select fan_id, count(*) as count, sum(cardinality(seat_ids)) as seat_count from paid group by fan_id) bought
    on bought.fan_id = sale.fan_id
  where bought.count = cardinality(sale.reservation_ids) and bought.seat_count = jsonb_array_length(tickets.ids)
), replied as (
  update idempotency_keys keys set reply = answer.reply
  from answer where keys.fan_id = answer.fan_id and keys.key = answer.key
  returning keys.fan_id
)
select answer.fan_id as "fanId", answer.reply, answer.concert_id as "concertId"
from answer join replied on replied.fan_id = answer.fan_id`

export async function settleSales(tx: Tx, sales: readonly Sale[]): Promise<SettledRow[]> {
  const reservations = sales.flatMap((sale) => sale.reservations)
  const { rows } = await tx.query<SettledRow>({
    name: 'settle-sales',
    text: settleSalesText,
    values: [
      sales.map(({ fanId }) => fanId),
      sales.map(({ key }) => key),
      sales.map((sale) => `{${sale.reservations.map(({ reservationId }) => reservationId).join(',')}}`),
      reservations.map(({ reservationId }) => reservationId),
      reservations.flatMap(({ seatIds }) => seatIds),
      reservations.map(({ showId }) => showId),
      reservations.map(({ fanId }) => fanId),
    ],
  })
  return rows
}
