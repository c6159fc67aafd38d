import type { AccountId, Cancellation, ConcertId, ReservationId, ShowId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

export type ShowRow = {
  concertId: ConcertId
  startsAtMs: number
  stoppedBy: string | null
  isCancelled: boolean
}

/** The show's row, locked until the transaction ends: of two operators who cancel it one does. */
export async function lockShow(tx: Tx, showId: ShowId): Promise<ShowRow | undefined> {
  const { rows } = await tx.query<ShowRow>({
    name: 'lock-show-to-cancel',
    text: `select concert_id as "concertId", floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
                  stopped_by as "stoppedBy", cancelled_at is not null as "isCancelled"
           from shows where id = $1 for no key update`,
    values: [showId],
  })
  return rows[0]
}

/** From this commit on no hold and no payment of the show begins; answers when that was by the database's clock. */
export async function markCancelled(
  tx: Tx,
  input: { showId: ShowId; operatorId: AccountId; reason: string },
): Promise<{ cancelledAtMs: number }> {
  const { rows } = await tx.query<{ cancelledAtMs: number }>({
    name: 'mark-show-cancelled',
    text: `with cancelled as (
             update shows set cancelled_at = now(), stopped_by = 'cancelled' where id = $1 and cancelled_at is null
             returning id, cancelled_at
           )
           insert into cancellations (show_id, reason, cancelled_by, cancelled_at)
           select id, $2, $3, cancelled_at from cancelled
           returning floor(extract(epoch from cancelled_at) * 1000)::float8 as "cancelledAtMs"`,
    values: [input.showId, input.reason, input.operatorId],
  })
  const [row] = rows
  if (row === undefined) throw new Error(`show ${input.showId} was cancelled under lock by somebody else`)
  return row
}

/** Whether the concert has a show that is still to begin. Its line, locked, keeps two who cancel its last two shows in turn. */
export async function hasShowLeft(tx: Tx, concertId: ConcertId): Promise<boolean> {
  await tx.query({
    name: 'lock-line-of-cancelled',
    text: 'select from lines where concert_id = $1 for update',
    values: [concertId],
  })
  const { rows } = await tx.query<{ hasLeft: boolean }>({
    name: 'has-show-left',
    text: `select exists (select from shows
             where concert_id = $1 and cancelled_at is null and starts_at > clock_timestamp()) as "hasLeft"`,
    values: [concertId],
  })
  return rows[0]?.hasLeft === true
}

/** Holds of the show, at most `limit`: their seats still carry them. */
export async function findHeld(
  connection: Database['pool'] | Tx,
  showId: ShowId,
  limit: number,
): Promise<ReservationId[]> {
  const { rows } = await connection.query<{ id: ReservationId }>({
    name: 'find-held-of-cancelled',
    text: `select distinct reservation_id as id from seats where show_id = $1 and status = 'held' order by 1 limit $2`,
    values: [showId, limit],
  })
  return rows.map(({ id }) => id)
}

/**
 * Cancelled shows of which something is still to be done, those first that were looked at longest ago, and notes that they are
 * looked at now. One of which nothing but what was given up is left has its turn once a minute: a payment that was under way may
 * be found there, and an operator who tries again does not wait for this.
 */
export async function takeTurns(db: Database, limit: number): Promise<ShowId[]> {
  const { rows } = await db.pool.query<{ showId: ShowId }>({
    name: 'take-turns-of-cancellations',
    text: takeTurnsText,
    values: [limit],
  })
  return rows.map(({ showId }) => showId)
}

export const takeTurnsText = `update cancellations set looked_at = clock_timestamp()
where show_id in (
  select show_id from cancellations
  where finished_at is null
    and (looked_at is null or looked_at < now() - interval '1 minute'
         or not exists (select from cancellation_refunds refunds
                        where refunds.show_id = cancellations.show_id and state = 'FAILED')
         or exists (select from cancellation_refunds refunds
                    where refunds.show_id = cancellations.show_id and state = 'PENDING'))
  order by looked_at nulls first, show_id limit $1)
returning show_id as "showId"`

/**
 * Marks it finished when nothing is left: each refund made and each seat blocked. A payment or a hold that began before the show
 * was cancelled may still be under way; it has its seats locked, so they are not blocked yet, or it finds them blocked and
 * fails. True when it is finished, by this call or before.
 */
export async function finish(db: Database, showId: ShowId): Promise<boolean> {
  const { rows } = await db.pool.query<{ isFinished: boolean }>({
    name: 'finish-cancellation',
    text: finishText,
    values: [showId],
  })
  return rows[0]?.isFinished === true
}

export const finishText = `with finished as (
  update cancellations set finished_at = now()
  where show_id = $1 and finished_at is null
    and not exists (select from cancellation_refunds where show_id = $1 and state <> 'REFUNDED')
    and not exists (select from seats where show_id = $1 and status <> 'blocked')
  returning 1
)
select exists (select from finished)
    or exists (select from cancellations where show_id = $1 and finished_at is not null) as "isFinished"`

/** How far cancellations are, newest first: of one concert, or one show's alone. */
export async function findCancellations(
  db: Database,
  where: { concertId: ConcertId } | { showId: ShowId },
): Promise<Cancellation[]> {
  const [column, id] = 'showId' in where ? ['id', where.showId] : ['concert_id', where.concertId]
  const { rows } = await db.pool.query<Cancellation>({
    name: `find-cancellations-by-${column}`,
    text: `select show_id as "showId", shows.concert_id as "concertId", reason, accounts.email as "cancelledByEmail",
                  floor(extract(epoch from cancellations.cancelled_at) * 1000)::float8 as "cancelledAtMs",
                  floor(extract(epoch from finished_at) * 1000)::float8 as "finishedAtMs", concerts.currency,
                  total, refunded, failed, "refundedMinor", failures
           from cancellations
           join shows on shows.id = show_id
           join concerts on concerts.id = shows.concert_id
           join accounts on accounts.id = cancelled_by
           cross join lateral (
             select count(*)::int as total, count(*) filter (where refunds.state = 'REFUNDED')::int as refunded,
                    count(*) filter (where refunds.state = 'FAILED')::int as failed,
                    coalesce(sum(amount_minor) filter (where refunds.state = 'REFUNDED'), 0)::float8 as "refundedMinor"
             from cancellation_refunds refunds join reservations on reservations.id = reservation_id
             where refunds.show_id = cancellations.show_id
           ) counted
           cross join lateral (
             select coalesce(json_agg(json_build_object('reservationId', reservation_id, 'attempts', attempts, 'reason', last_error,
                      'isGivenUp', refunds.state = 'FAILED') order by reservation_id), '[]') as failures
             from (select * from cancellation_refunds
                   where show_id = cancellations.show_id and state <> 'REFUNDED' and last_error is not null
                   order by reservation_id limit 50) refunds
           ) failing
           where shows.${column} = $1
           order by cancellations.cancelled_at desc`,
    values: [id],
  })
  return rows
}
