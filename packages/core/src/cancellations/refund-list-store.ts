import type { ReservationId, ShowId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** Notes every paid reservation of the show that is not on the list yet. Safe to repeat: a seat that was given back is not sold. */
export async function listRefunds(db: Database, showId: ShowId): Promise<number> {
  const { rowCount } = await db.pool.query({
    name: 'list-refunds-of-cancelled',
    text: `insert into cancellation_refunds (show_id, reservation_id)
           select distinct show_id, reservation_id from seats where show_id = $1 and status = 'sold'
           order by reservation_id
           on conflict do nothing`,
    values: [showId],
  })
  return rowCount ?? 0
}

/**
 * The next on the list that are due, locked; what another worker has locked is passed over. Those that failed wait for their
 * next attempt. `only`: this one.
 */
export async function takeDue(
  tx: Tx,
  showId: ShowId,
  { limit, only = null }: { limit: number; only?: ReservationId | null },
): Promise<ReservationId[]> {
  const { rows } = await tx.query<{ id: ReservationId }>({
    name: 'take-due-refunds',
    text: `select reservation_id as id from cancellation_refunds
           where show_id = $1 and state = 'PENDING' and next_attempt_at <= now()
             and ($3::bigint is null or reservation_id = $3)
           order by next_attempt_at, reservation_id limit $2 for update skip locked`,
    values: [showId, limit, only],
  })
  return rows.map(({ id }) => id)
}

/** In the transaction that gave them back, or that found them given back. */
export async function markRefunded(tx: Tx, showId: ShowId, ids: readonly ReservationId[]): Promise<void> {
  await tx.query({
    name: 'mark-cancelled-refunded',
    text: `update cancellation_refunds set state = 'REFUNDED', refunded_at = now(), last_error = null
           where show_id = $1 and reservation_id = any($2::bigint[]) and state = 'PENDING'`,
    values: [showId, ids],
  })
}

/** Waits 2, 4, 8, 16 seconds; after the fifth failure it is given up until an operator says so. */
export async function markFailed(
  db: Database,
  failure: { showId: ShowId; reservationId: ReservationId; error: string },
): Promise<void> {
  await db.pool.query({
    name: 'mark-cancelled-failed',
    text: `update cancellation_refunds
           set attempts = attempts + 1, last_error = left($3, 300),
               next_attempt_at = now() + least(power(2, attempts + 1), 60) * interval '1 second',
               state = case when attempts + 1 >= 5 then 'FAILED' else 'PENDING' end
           where show_id = $1 and reservation_id = $2 and state = 'PENDING'`,
    values: [failure.showId, failure.reservationId, failure.error],
  })
}

/** Everything that was given up or waits is due now; answers how many that is. */
export async function makeDue(tx: Tx, showId: ShowId): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'make-refunds-due',
    text: `update cancellation_refunds set state = 'PENDING', attempts = 0, next_attempt_at = now()
           where show_id = $1 and state <> 'REFUNDED' and last_error is not null`,
    values: [showId],
  })
  return rowCount ?? 0
}
