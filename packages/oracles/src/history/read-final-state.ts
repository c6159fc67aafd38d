import type { FinalState } from './history-event.ts'

/** Runs one statement without parameters and answers with its rows; whoever asks brings the driver. */
export type ReadRows = <Row>(sql: string) => Promise<Row[]>

/** What the database says now. Every id comes as a number, whatever the driver makes of bigint. Reads whole tables. */
export async function readFinalState(readRows: ReadRows): Promise<FinalState> {
  return {
    reservations: await readRows(
      `select id::float8 as "reservationId", show_id::float8 as "showId", fan_id::float8 as "fanId",
              array_to_json(seat_ids) as "seatIds", state, extract(epoch from ended_at)::float8 * 1000 as "endedAtMs"
       from reservations order by id`,
    ),
    payments: await readRows(
      `select id::float8 as "paymentId", fan_id::float8 as "fanId", array_to_json(reservation_ids) as "reservationIds",
              amount_minor::float8 as "amountMinor"
       from payments order by id`,
    ),
    keys: await readRows('select fan_id::float8 as "fanId", key, command from idempotency_keys'),
    charges: await readRows(
      `select account_id::float8 as "fanId", amount_minor::float8 as "amountMinor"
       from transfers join wallets on wallets.id = credit_wallet_id where transfers.kind = 'charge'`,
    ),
    refunds: await readRows(
      `select account_id::float8 as "fanId", reservation_id::float8 as "reservationId", amount_minor::float8 as "amountMinor"
       from transfers join wallets on wallets.id = credit_wallet_id where transfers.kind = 'refund'`,
    ),
    shows: await readRows(
      `select show_id::float8 as "showId", json_agg(status order by ordinal) as statuses from seats group by show_id`,
    ),
  }
}
