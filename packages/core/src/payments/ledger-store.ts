import type { Database, Tx } from '../platform/database.ts'

export type LedgerFault = { fault: string; subject: string }

/**
 * Everything that must agree, each rule as a query for what breaks it. One statement, so that all of it is seen at one
 * moment, also while a sale is running.
 */
const rules: Record<string, string> = {
  'a wallet is not the sum of its transfers': `
    select 'wallet ' || wallets.id from wallets
    where kind = 'fan' and balance_minor <>
      coalesce((select sum(amount_minor) from transfers where credit_wallet_id = wallets.id), 0) -
      coalesce((select sum(amount_minor) from transfers where debit_wallet_id = wallets.id), 0)`,
  'the fans and the house do not add up to nothing': `
    select 'total ' || fans.total || ' and ' || house.total
    from (select coalesce(sum(balance_minor), 0) as total from wallets where kind = 'fan') fans,
         (select coalesce(sum(case when credit.kind <> 'fan' then amount_minor else 0 end), 0) -
                 coalesce(sum(case when debit.kind <> 'fan' then amount_minor else 0 end), 0) as total
          from transfers
          join wallets credit on credit.id = credit_wallet_id
          join wallets debit on debit.id = debit_wallet_id) house
    where fans.total + house.total <> 0`,
  'a statement line does not follow from the one before it': `
    select 'transfer ' || id from (
      select transfers.id, fan_balance_after_minor as after,
             case when credit_wallet_id = wallets.id then amount_minor else -amount_minor end as change,
             lag(fan_balance_after_minor, 1, 0::bigint) over (partition by wallets.id order by transfers.id) as before
      from wallets join transfers on wallets.id in (credit_wallet_id, debit_wallet_id)
      where wallets.kind = 'fan'
    ) lines where after <> before + change`,
  'a paid reservation does not own its seats': `
    select 'reservation ' || reservations.id from reservations
    where state = 'PAID' and cardinality(seat_ids) <>
      (select count(*) from seats where seats.id = any(seat_ids) and status = 'sold' and reservation_id = reservations.id)`,
  'a taken seat is not in its reservation': `
    select 'seat ' || seats.id from seats join reservations on reservations.id = reservation_id
    where not seats.id = any(seat_ids) or state <> case status when 'sold' then 'PAID' else 'HELD' end`,
  'a reservation is not paid exactly once': `
    select 'reservation ' || reservations.id from reservations
    where (state in ('PAID', 'REFUNDED'))::int <>
      (select count(*) from payments
       where payments.fan_id = reservations.fan_id and reservations.id = any(reservation_ids))`,
  'a payment is not the sum of its reservations': `
    select 'payment ' || payments.id from payments
    where amount_minor <> (select sum(amount_minor) from reservations where reservations.id = any(reservation_ids))`,
  'the money of a reservation did not move as its state says': `
    select 'reservation ' || reservations.id from reservations
    left join lateral (
      select coalesce(sum(amount_minor) filter (where kind = 'payment'), 0) as paid,
             coalesce(sum(amount_minor) filter (where kind = 'refund'), 0) as refunded
      from transfers where reservation_id = reservations.id
    ) moved on true
    where moved.paid <> case when state in ('PAID', 'REFUNDED') then amount_minor else 0 end
       or moved.refunded <> case when state = 'REFUNDED' then amount_minor else 0 end`,
  'a sold seat does not have one good ticket': `
    select 'seat ' || seats.id from seats
    where (status = 'sold')::int <>
      (select count(*) from tickets
       where seat_id = seats.id and tickets.state <> 'VOID' and tickets.reservation_id = seats.reservation_id)`,
  'a good ticket has no sold seat': `
    select 'ticket ' || tickets.id from tickets
    where state <> 'VOID' and not exists
      (select from seats where seats.id = seat_id and status = 'sold' and seats.reservation_id = tickets.reservation_id)`,
  "a fan's seat count is wrong": `
    select 'fan ' || fan_id || ' show ' || show_id
    from fan_seat_counts counted
    full join (
      select seats.show_id, fan_id, count(*) as seat_count
      from seats join reservations on reservations.id = seats.reservation_id group by 1, 2
    ) owned using (show_id, fan_id)
    where coalesce(counted.seat_count, 0) <> coalesce(owned.seat_count, 0)`,
  'a used key has no reply': `
    select 'fan ' || fan_id || ' key ' || key from idempotency_keys where reply is null`,
}

const names = Object.keys(rules)
const union = Object.values(rules)
  .map((query, index) => `select ${index} as rule, subject from (${query}) broken (subject)`)
  .join('\nunion all\n')

export async function findLedgerFaults(connection: Database['pool'] | Tx): Promise<LedgerFault[]> {
  const { rows } = await connection.query<{ rule: number; subject: string }>(`${union} limit 100`)
  return rows.map(({ rule, subject }) => ({ fault: names[rule] ?? '', subject }))
}
