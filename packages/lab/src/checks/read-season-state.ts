import type { FinalState } from '@greenroom/oracles'
import type { Sale } from '../world/open-sale.ts'
import type { PostgresControl } from '../world/postgres-control.ts'

/** What the database says now about these sales, and the keys and charges made since `sinceMs` (its own clock). */
export async function readSeasonState(
  { query }: PostgresControl,
  sales: readonly Sale[],
  sinceMs: number,
): Promise<FinalState> {
  const concertIds = sales.map(({ concertId }) => concertId)
  const showIds = sales.flatMap(({ shows }) => shows.map(({ showId }) => showId))
  return {
    reservations: await query(
      `select id::float8 as "reservationId", show_id::float8 as "showId", fan_id::float8 as "fanId",
              array_to_json(seat_ids) as "seatIds", state, extract(epoch from ended_at)::float8 * 1000 as "endedAtMs"
       from reservations where show_id = any($1) order by id`,
      [showIds],
    ),
    payments: await query(
      `select id::float8 as "paymentId", fan_id::float8 as "fanId", array_to_json(reservation_ids) as "reservationIds",
              amount_minor::float8 as "amountMinor"
       from payments where concert_id = any($1) order by id`,
      [concertIds],
    ),
    keys: await query(
      `select fan_id::float8 as "fanId", key, command from idempotency_keys where created_at >= to_timestamp($1 / 1000.0)`,
      [sinceMs],
    ),
    charges: await query(
      `select account_id::float8 as "fanId", amount_minor::float8 as "amountMinor"
       from transfers join wallets on wallets.id = credit_wallet_id
       where transfers.kind = 'charge' and created_at >= to_timestamp($1 / 1000.0)`,
      [sinceMs],
    ),
    refunds: await query(
      `select account_id::float8 as "fanId", reservation_id::float8 as "reservationId",
              transfers.amount_minor::float8 as "amountMinor"
       from transfers join wallets on wallets.id = credit_wallet_id join reservations on reservations.id = reservation_id
       where transfers.kind = 'refund' and show_id = any($1)`,
      [showIds],
    ),
    shows: await readShows({ query }, showIds),
  }
}

/** The seats of these shows, in the order of their places. */
export async function readShows(
  { query }: Pick<PostgresControl, 'query'>,
  showIds: readonly number[],
): Promise<FinalState['shows']> {
  return await query(
    `select show_id::float8 as "showId", json_agg(status order by ordinal) as statuses
     from seats where show_id = any($1) group by show_id`,
    [showIds],
  )
}
