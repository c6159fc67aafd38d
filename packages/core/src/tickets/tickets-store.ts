import type {
  AccountId,
  Admitted,
  PaymentId,
  ReservationId,
  ShowId,
  Ticket,
  TicketId,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

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

export type TicketRow = Omit<Ticket, 'code'>

const ticketColumns = `
  tickets.id as "ticketId", tickets.reservation_id as "reservationId", shows.concert_id as "concertId",
  tickets.show_id as "showId", tickets.seat_id as "seatId", seats.section, seats.row_label as "row", seats.number,
  prices.category_name as "categoryName", concerts.title as "concertTitle", concerts.venue,
  concerts.time_zone as "timeZone", floor(extract(epoch from shows.starts_at) * 1000)::bigint as "startsAtMs",
  accounts.name as "holderName", tickets.state`

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

/** Uses the ticket up. `undefined`, with nothing changed, when it is not valid any more: two gates at once get one row. */
export async function useTicket(
  tx: Tx,
  ticket: { ticketId: TicketId; showId: ShowId },
): Promise<Admitted | undefined> {
  const { rows } = await tx.query<Admitted>({
    name: 'use-ticket',
    text: `with used as (
             update tickets set state = 'USED', used_at = now()
             where id = $1 and show_id = $2 and state = 'VALID'
             returning id, show_id, seat_id, fan_id, used_at
           )
           select used.id as "ticketId", used.show_id as "showId", used.seat_id as "seatId", seats.section,
                  seats.row_label as "row", seats.number, accounts.name as "holderName",
                  floor(extract(epoch from used.used_at) * 1000)::bigint as "admittedAtMs"
           from used
           join seats on seats.id = used.seat_id
           join accounts on accounts.id = used.fan_id`,
    values: [ticket.ticketId, ticket.showId],
  })
  return rows[0]
}

export async function findTicketState(
  tx: Tx,
  ticketId: TicketId,
): Promise<{ state: Ticket['state']; usedAtMs: number | null } | undefined> {
  const { rows } = await tx.query<{ state: Ticket['state']; usedAtMs: number | null }>({
    name: 'find-ticket-state',
    text: `select state, floor(extract(epoch from used_at) * 1000)::bigint as "usedAtMs" from tickets where id = $1`,
    values: [ticketId],
  })
  return rows[0]
}
