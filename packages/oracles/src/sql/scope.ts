/**
 * Where a rule reads each table from. A rule is written once, against these names, and asked in two forms: of everything,
 * and of what a check each minute can afford.
 */
export type Scope = Record<
  'reservations' | 'seats' | 'tickets' | 'payments' | 'transfers' | 'wallets' | 'keys' | 'shows' | 'counts',
  string
>

/** Every row of every table. */
export const everything: Scope = {
  reservations: 'reservations',
  seats: 'seats',
  tickets: 'tickets',
  payments: 'payments',
  transfers: 'transfers',
  wallets: 'wallets',
  keys: 'idempotency_keys',
  shows: 'shows',
  counts: 'fan_seat_counts',
}

/** How many rows, by their ids, count as the newest: more than a sale makes in a minute, and read within milliseconds. */
const newestRows = 2_000
/** Live holds looked at: twice what an arena that opens has at a time. */
const liveHolds = 5_000
/** What is old is looked at a slice at a time, another one each minute: 1.8 million seats are through in three hours. */
const sliceRows = 10_000

/** Shows whose seats are counted in one minute: an arena has 90,000. */
const sliceShows = 4

const newest = (table: string, column = 'id'): string =>
  `array(select ${column} from ${table} order by id desc limit ${newestRows})`

/** The ids of this minute's slice: the next so many, again from the first when all were seen. */
const slice = (table: string): string =>
  `between (select floor(extract(epoch from now()) / 60)::bigint % (coalesce(max(id), 0) / ${sliceRows} + 1) * ${sliceRows} from ${table})
       and (select floor(extract(epoch from now()) / 60)::bigint % (coalesce(max(id), 0) / ${sliceRows} + 1) * ${sliceRows} + ${sliceRows} from ${table})`

const recentReservationIds = `${newest('reservations')}
  || array(select id from reservations where state = 'HELD' order by held_until limit ${liveHolds})`

/**
 * What is new or alive, plus one slice of what is old. Every way in is a range of a primary key or a small partial index,
 * so the cost depends on these constants and not on how much was ever sold.
 */
export const recent: Scope = {
  reservations: `(select * from reservations where id = any(${recentReservationIds}) or id ${slice('reservations')})`,
  seats: `(select * from seats where id ${slice('seats')} or id = any(array(
    select unnest(seat_ids) from reservations where id = any(${recentReservationIds}))))`,
  tickets: `(select * from tickets where id = any(${newest('tickets')}) or id ${slice('tickets')})`,
  payments: `(select * from payments where id = any(${newest('payments')}) or id ${slice('payments')})`,
  transfers: `(select * from transfers where id = any(${newest('transfers')}) or id ${slice('transfers')})`,
  wallets: `(select * from wallets where id ${slice('wallets')}
    or id = any(${newest('transfers', 'debit_wallet_id')} || ${newest('transfers', 'credit_wallet_id')}))`,
  keys: `(select * from idempotency_keys where fan_id = any(${newest('payments', 'fan_id')}) or fan_id ${slice('accounts')})`,
  shows: `(select * from shows order by id limit ${sliceShows} offset (
    select floor(extract(epoch from now()) / 60)::bigint % (count(*) / ${sliceShows} + 1) * ${sliceShows} from shows))`,
  counts: `(select fan_seat_counts.* from fan_seat_counts where (show_id, fan_id) in (
    select show_id, fan_id from reservations where id = any(${recentReservationIds}) or id ${slice('reservations')}))`,
}
