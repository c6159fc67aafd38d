import { query } from './query.ts'

/** Each rule that the database itself must satisfy after whatever happened, as a query that finds those who break it. */
const rules = {
  'a sold seat has one valid ticket': `
    select seats.id from seats left join tickets on tickets.seat_id = seats.id and tickets.state <> 'VOID'
    where (seats.status = 'sold') <> (tickets.id is not null)`,
  'a sold seat belongs to a paid reservation that names it': `
    select seats.id from seats left join reservations on reservations.id = seats.reservation_id
    where seats.status = 'sold' and (reservations.state is distinct from 'PAID' or not seats.id = any(reservations.seat_ids))`,
  'a paid reservation has all its seats': `
    select reservations.id from reservations where state = 'PAID' and cardinality(seat_ids) <>
      (select count(*) from seats where seats.reservation_id = reservations.id and seats.status = 'sold')`,
  'a paid reservation is paid by one transfer of its price': `
    select reservations.id from reservations where state = 'PAID' and amount_minor <> coalesce(
      (select sum(amount_minor) from transfers where kind = 'payment' and reservation_id = reservations.id), 0)`,
  'a balance is the sum of its transfers': `
    select wallets.id from wallets where kind = 'fan' and balance_minor <>
      coalesce((select sum(amount_minor) from transfers where credit_wallet_id = wallets.id), 0) -
      coalesce((select sum(amount_minor) from transfers where debit_wallet_id = wallets.id), 0)`,
  'a fan counts as many seats as they hold or own': `
    select fan_id from fan_seat_counts counts where seat_count <> (
      select count(*) from seats join reservations on reservations.id = seats.reservation_id
      where seats.show_id = counts.show_id and reservations.fan_id = counts.fan_id)`,
} as const

/** The rules that do not hold, with how many rows break each; empty when the books are right. */
export async function findBrokenRules(databaseUrl: string): Promise<string[]> {
  const broken: string[] = []
  for (const [rule, text] of Object.entries(rules)) {
    const rows = await query(databaseUrl, text)
    if (rows.length > 0) broken.push(`${rule}: ${rows.length} rows`)
  }
  return broken
}
