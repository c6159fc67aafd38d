/**
 * Where a rule reads each table from. A rule is written once, against these names, and asked in two forms: of everything,
 * and of what a check each minute can afford.
 */
export type Scope = Record<
  'reservations' | 'seats' | 'tickets' | 'payments' | 'transfers' | 'wallets' | 'keys' | 'shows' | 'buyers',
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
  // by show and fan
  buyers: '(select show_id, fan_id from fan_seat_counts union select show_id, fan_id from reservations)',
}

/** How many rows, by their ids, count as the newest: more than a sale makes in a minute, and read within milliseconds. */
const newestRows = 2_000
/** Live holds looked at, those that end first. */
const liveHolds = 2_000
/** What is old is looked at a slice at a time, another one each minute: 1.8 million seats are through in six hours. */
const sliceRows = 5_000
/** A fan has many rows. */
const sliceFans = 500
/** Shows whose seats are counted in one minute: an arena has 90,000. */
const sliceShows = 2

const newest = (table: string, column = 'id'): string =>
  `array(select ${column} from ${table} order by id desc limit ${newestRows})`

/** The ids of this minute's slice: the next so many, again from the first when all were seen. */
function slice(table: string, rows = sliceRows): string {
  const first = `(select floor(extract(epoch from now()) / 60)::bigint % (coalesce(max(id), 0) / ${rows} + 1) * ${rows} from ${table})`
  return `between ${first} and ${first} + ${rows}`
}

const recentReservationIds = `${newest('reservations')}
  || array(select id from reservations where state = 'HELD' order by held_until limit ${liveHolds})`

/** `offset 0`: found by itself, before anything is joined to it; the planner would else turn some joins round. */
const found = (table: string, where: string): string => `(select * from ${table} where ${where} offset 0)`

const reservations = found('reservations', `id = any(${recentReservationIds}) or id ${slice('reservations')}`)

/**
 * What is new or alive, plus one slice of what is old. Every way in is a range of a primary key or a small partial index,
 * so the cost depends on these constants and not on how much was ever sold.
 */
export const recent: Scope = {
  reservations,
  seats: found(
    'seats',
    `id ${slice('seats')} or id = any(array(
       select unnest(seat_ids) from reservations where id = any(${recentReservationIds})))`,
  ),
  tickets: found('tickets', `id = any(${newest('tickets')}) or id ${slice('tickets')}`),
  payments: found('payments', `id = any(${newest('payments')}) or id ${slice('payments')}`),
  transfers: found('transfers', `id = any(${newest('transfers')}) or id ${slice('transfers')}`),
  wallets: found(
    'wallets',
    `id ${slice('wallets', sliceFans)}
     or id = any(${newest('transfers', 'debit_wallet_id')} || ${newest('transfers', 'credit_wallet_id')})`,
  ),
  keys: found(
    'idempotency_keys',
    `fan_id = any(${newest('payments', 'fan_id')}) or fan_id ${slice('accounts', sliceFans)}`,
  ),
  shows: `(select * from shows order by id limit ${sliceShows} offset (
    select floor(extract(epoch from now()) / 60)::bigint % greatest((count(*) + ${sliceShows - 1}) / ${sliceShows}, 1) * ${sliceShows} from shows))`,
  buyers: `(select distinct show_id, fan_id from ${reservations} newest)`,
}
