import type { AccountId, ConcertId, LineKnowledge } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** One thing that happened; `data` is what `timelineEvent` of the contract says of its kind. */
export type TimelineRow = {
  atMicros: number
  rank: number
  id: number
  what: string
  concertId: ConcertId | null
  data: Record<string, unknown>
}

/** Where a page begins: before this moment, and of one moment before this rank and id. */
export type TimelineCursor = Pick<TimelineRow, 'atMicros' | 'rank' | 'id'>

const ms = (sql: string): string => `floor(extract(epoch from ${sql}) * 1000)::float8`
const seatName = `jsonb_build_object('section', seats.section, 'row', seats.row_label, 'number', seats.number)`
const seatNames = `(select coalesce(jsonb_agg(${seatName} order by seats.id), '[]') from seats
  where seats.id = any(reservations.seat_ids))`
const ofReservation = `jsonb_build_object('reservationId', reservations.id, 'showId', reservations.show_id,
  'amountMinor', reservations.amount_minor, 'currency', concerts.currency, 'seats', ${seatNames},
  'heldUntilMs', ${ms('reservations.held_until')})`
const reservationsOfFan = `reservations join concerts on concerts.id = reservations.concert_id
  where reservations.fan_id = $1`

/** A hold that takes an expired one over begins in the transaction that ends it, and so at the same moment. */
const seatsSince = `(select coalesce(jsonb_agg(${seatName} || jsonb_build_object(
    'fate', case
      when seats.status = 'blocked' then 'blocked'
      when now_of.id is null or (seats.status = 'held' and seats.held_until <= now()) then 'free'
      when now_of.fan_id = reservations.fan_id then 'own'
      when now_of.held_at = reservations.ended_at then 'othersAtOnce'
      else 'othersLater' end,
    'atMs', ${ms('now_of.held_at')}) order by seats.id), '[]')
  from seats left join reservations now_of on now_of.id = seats.reservation_id
  where seats.id = any(reservations.seat_ids))`
const ticketSeats = `tickets join seats on seats.id = tickets.seat_id join shows on shows.id = tickets.show_id
  where tickets.fan_id = $1`
const ofTicket = `jsonb_build_object('ticketId', tickets.id, 'reservationId', tickets.reservation_id, 'seat', ${seatName})`

type Branch = { what: string; at: string; id: string; concert: string; data: string; from: string }

/** In the order of what happens at one moment. */
const branches: readonly Branch[] = [
  {
    what: `'signedUp'`,
    at: 'accounts.created_at',
    id: 'accounts.id',
    concert: 'null::bigint',
    data: `'{}'::jsonb`,
    from: 'accounts where accounts.id = $1',
  },
  {
    what: `'line'`,
    at: 'places.entered_at',
    id: 'places.concert_id',
    concert: 'places.concert_id',
    data: `'{"move": "entered", "notBeforeMs": null, "isFromNote": true}'::jsonb`,
    // what was noted before moves were kept
    from: `entered_places places left join line_histories using (concert_id)
      where places.fan_id = $1 and places.entered_at < coalesce(line_histories.since, 'infinity')`,
  },
  {
    what: `'line'`,
    at: 'line_moves.at',
    id: 'line_moves.id',
    concert: 'line_moves.concert_id',
    data: `jsonb_build_object('move', line_moves.move, 'isFromNote', false, 'notBeforeMs', ${ms('line_moves.not_before')})`,
    from: 'line_moves where line_moves.fan_id = $1',
  },
  {
    what: `'held'`,
    at: 'reservations.held_at',
    id: 'reservations.id',
    concert: 'reservations.concert_id',
    data: ofReservation,
    from: reservationsOfFan,
  },
  {
    what: 'lower(reservations.state)',
    at: 'reservations.ended_at',
    id: 'reservations.id',
    concert: 'reservations.concert_id',
    data: `${ofReservation} || jsonb_build_object('since', ${seatsSince})`,
    from: `${reservationsOfFan} and reservations.state in ('EXPIRED', 'RELEASED')`,
  },
  {
    what: `'paid'`,
    at: 'reservations.paid_at',
    id: 'reservations.id',
    concert: 'reservations.concert_id',
    data: ofReservation,
    from: `${reservationsOfFan} and reservations.paid_at is not null`,
  },
  {
    what: `'ticketIssued'`,
    at: 'tickets.issued_at',
    id: 'tickets.id',
    concert: 'shows.concert_id',
    data: ofTicket,
    from: ticketSeats,
  },
  {
    what: `'money'`,
    at: 'transfers.created_at',
    id: 'transfers.id',
    concert: 'reservations.concert_id',
    data: `jsonb_build_object('kind', transfers.kind, 'amountMinor', transfers.amount_minor,
      'balanceAfterMinor', transfers.fan_balance_after_minor, 'currency', wallets.currency,
      'reservationId', transfers.reservation_id)`,
    from: `wallets
      join lateral (
        select * from transfers where debit_wallet_id = wallets.id
        union all select * from transfers where credit_wallet_id = wallets.id
      ) transfers on true
      left join reservations on reservations.id = transfers.reservation_id
      where wallets.account_id = $1`,
  },
  {
    what: `'refunded'`,
    at: 'reservations.ended_at',
    id: 'reservations.id',
    concert: 'reservations.concert_id',
    data: ofReservation,
    from: `${reservationsOfFan} and reservations.state = 'REFUNDED'`,
  },
  {
    what: `'ticketUsed'`,
    at: 'tickets.used_at',
    id: 'tickets.id',
    concert: 'shows.concert_id',
    data: ofTicket,
    from: `${ticketSeats} and tickets.used_at is not null`,
  },
]

/** $1 fan, $2 concert or null, $3 to $5 the cursor or null, $6 how many. The data is made for the rows of the page alone. */
const timelineText = `
  select at_micros as "atMicros", rank, id, what, concert_id as "concertId", data from (
    ${branches.map(writeBranch).join('\n    union all\n    ')}
  ) timeline
  order by at_micros desc, rank desc, id desc limit $6`

function writeBranch({ what, at, id, concert, data, from }: Branch, rank: number): string {
  const micros = `floor(extract(epoch from ${at}) * 1000000)::bigint`
  return `(select ${micros} as at_micros, ${rank} as rank, ${id} as id, ${what} as what,
      ${concert} as concert_id, ${data} as data
    from ${from}
      and ($2::bigint is null or ${concert} = $2)
      and ($3::bigint is null or (${micros}, ${rank}, ${id}) < ($3, $4::integer, $5::bigint))
    order by 1 desc, 3 desc limit $6)`
}

/** The fan's newest things before the cursor, of one concert or of all. */
export async function findTimeline(
  db: Database,
  asked: {
    fanId: AccountId
    concertId?: ConcertId | undefined
    cursor: TimelineCursor | undefined
    limit: number
  },
): Promise<TimelineRow[]> {
  const { fanId, concertId, cursor, limit } = asked
  const { rows } = await db.pool.query<TimelineRow>({
    name: 'find-timeline',
    text: timelineText,
    values: [fanId, concertId ?? null, cursor?.atMicros, cursor?.rank, cursor?.id, limit],
  })
  return rows
}

/** Gaps of a line that are told, the newest. */
const mostGaps = 50

/** Since when, until when and without what the moves in these lines are known; a line that was never copied is left out. */
export async function findLineKnowledge(
  db: Database,
  concertIds: readonly ConcertId[],
): Promise<LineKnowledge[]> {
  const { rows } = await db.pool.query<LineKnowledge>({
    name: 'find-line-knowledge',
    text: `select concert_id as "concertId", ${ms('since')} as "sinceMs",
             ${ms('coalesce(seen_at, since)')} as "untilMs",
             (select coalesce(jsonb_agg(jsonb_build_object(
                'fromMs', ${ms('from_at')}, 'toMs', ${ms('to_at')}, 'reason', reason) order by to_at), '[]')
              from (select * from line_history_gaps gaps where gaps.concert_id = histories.concert_id
                    order by to_at desc limit $2) newest) as gaps
           from line_histories histories where concert_id = any($1) order by concert_id`,
    values: [concertIds, mostGaps],
  })
  return rows
}
