import type {
  AccountId,
  Admitted,
  PaymentId,
  ReservationId,
  ScanVerdict,
  ShowId,
  Ticket,
  TicketId,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { movedFromSql } from '../catalogue/index.ts'

/** One ticket for every seat that these reservations own now. A seat that has a ticket already fails on a unique index. */
export async function insertTickets(
  tx: Tx,
  input: { paymentId: PaymentId; fanId: AccountId; reservationIds: readonly ReservationId[] },
): Promise<TicketId[]> {
  const { rows } = await tx.query<{ id: TicketId }>({
    name: 'insert-tickets',
    text: `insert into tickets (payment_id, reservation_id, show_id, seat_id, fan_id)
           select $1, reservations.id, seats.show_id, seats.id, $2
           from reservations
           join seats on seats.id = any(reservations.seat_ids) and seats.reservation_id = reservations.id
           where reservations.id = any($3) and seats.status = 'sold'
           order by seats.id
           returning id`,
    values: [input.paymentId, input.fanId, input.reservationIds],
  })
  return rows.map((row) => row.id)
}

/** The number of tickets made void; used ones stay as they are. */
export async function voidTickets(tx: Tx, reservationId: ReservationId): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'void-tickets',
    text: "update tickets set state = 'VOID' where reservation_id = $1 and state = 'VALID'",
    values: [reservationId],
  })
  return rowCount ?? 0
}

/** The number of tickets made void, used ones among them: those keep the moment of their use. */
export async function voidEveryTicket(tx: Tx, reservationId: ReservationId): Promise<number> {
  const { rowCount } = await tx.query({
    name: 'void-every-ticket',
    text: "update tickets set state = 'VOID' where state <> 'VOID' and reservation_id = $1",
    values: [reservationId],
  })
  return rowCount ?? 0
}

export type TicketRow = Omit<Ticket, 'code'>

const ticketColumns = `
  tickets.id as "ticketId", tickets.reservation_id as "reservationId", shows.concert_id as "concertId",
  tickets.show_id as "showId", tickets.seat_id as "seatId", seats.section, seats.row_label as "row", seats.number,
  prices.category_name as "categoryName", concerts.title as "concertTitle", concerts.venue,
  concerts.time_zone as "timeZone", floor(extract(epoch from shows.starts_at) * 1000)::bigint as "startsAtMs",
  ${movedFromSql('(select held_at from reservations where reservations.id = tickets.reservation_id)')} as "movedFromMs",
  accounts.name as "holderName", tickets.state, shows.cancelled_at is not null as "isCancelled"`

const ticketTables = `
  tickets
  join seats on seats.id = tickets.seat_id
  join shows on shows.id = tickets.show_id
  join concerts on concerts.id = shows.concert_id
  join prices on prices.concert_id = shows.concert_id and prices.category_code = seats.category_code
  join accounts on accounts.id = tickets.fan_id`

/** The fan's newest `limit` tickets: the next show first, seats in the hall's order. */
export async function findTickets(db: Database, fanId: AccountId, limit: number): Promise<TicketRow[]> {
  const { rows } = await db.pool.query<TicketRow>({
    name: 'find-tickets',
    text: `select ${ticketColumns}
           from ${ticketTables}
           where tickets.id in (select id from tickets where fan_id = $1 order by id desc limit $2)
           order by shows.starts_at, tickets.seat_id, tickets.id`,
    values: [fanId, limit],
  })
  return rows
}

export async function findTicket(
  db: Database,
  fanId: AccountId,
  ticketId: TicketId,
): Promise<TicketRow | undefined> {
  const { rows } = await db.pool.query<TicketRow>({
    name: 'find-ticket',
    text: `select ${ticketColumns} from ${ticketTables} where tickets.id = $1 and tickets.fan_id = $2`,
    values: [ticketId, fanId],
  })
  return rows[0]
}

/**
 * Uses the ticket up. `undefined`, with nothing changed, when it is not valid any more or its show is cancelled: two gates at
 * once get one row.
 */
export async function useTicket(
  tx: Tx,
  ticket: { ticketId: TicketId; showId: ShowId; operatorId: AccountId },
): Promise<Admitted | undefined> {
  const { rows } = await tx.query<Admitted>({
    name: 'use-ticket',
    text: useTicketText,
    values: [ticket.ticketId, ticket.showId, ticket.operatorId],
  })
  return rows[0]
}

export const useTicketText = `with used as (
             update tickets set state = 'USED', used_at = now(), used_by = $3
             where id = $1 and show_id = $2 and state = 'VALID'
               and exists (select from shows where shows.id = $2 and cancelled_at is null)
             returning id, show_id, seat_id, fan_id, used_at
           )
           select used.id as "ticketId", used.show_id as "showId", used.seat_id as "seatId", seats.section,
                  seats.row_label as "row", seats.number, accounts.name as "holderName",
                  floor(extract(epoch from used.used_at) * 1000)::bigint as "admittedAtMs"
           from used
           join seats on seats.id = used.seat_id
           join accounts on accounts.id = used.fan_id`

/** A ticket as the gate tells of it, with all that may stand against it. */
export type GateTicket = {
  ticket: Extract<ScanVerdict, { verdict: 'admitted' }>['ticket']
  state: Ticket['state']
  usedAtMs: number | null
  usedBy: string | null
  isCancelled: boolean
}

export async function findGateTicket(tx: Tx, ticketId: TicketId): Promise<GateTicket | undefined> {
  const { rows } = await tx.query<GateTicket>({
    name: 'find-gate-ticket',
    text: `select json_build_object(
                    'ticketId', tickets.id, 'showId', tickets.show_id, 'section', seats.section, 'row', seats.row_label,
                    'number', seats.number, 'holderName', holder.name, 'concertTitle', concerts.title,
                    'timeZone', concerts.time_zone,
                    'startsAtMs', floor(extract(epoch from shows.starts_at) * 1000)::bigint) as ticket,
                  tickets.state, floor(extract(epoch from used_at) * 1000)::bigint as "usedAtMs",
                  admitter.name as "usedBy", shows.cancelled_at is not null as "isCancelled"
           from tickets
           join seats on seats.id = tickets.seat_id
           join shows on shows.id = tickets.show_id
           join concerts on concerts.id = shows.concert_id
           join accounts holder on holder.id = tickets.fan_id
           left join accounts admitter on admitter.id = tickets.used_by
           where tickets.id = $1`,
    values: [ticketId],
  })
  return rows[0]
}

/** Tickets of the show that let somebody in. */
export async function countUsed(db: Database, showId: ShowId): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>({
    name: 'count-used-tickets',
    text: "select count(*)::int as count from tickets where show_id = $1 and state = 'USED'",
    values: [showId],
  })
  return rows[0]?.count ?? 0
}
