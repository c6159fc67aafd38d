import { mutantsOf } from './mutant.ts'

const tickets = 'tickets.int.test.ts'

export const ticketMutants = mutantsOf('packages/core/src/tickets', [
  {
    name: 'ticket-opens-once',
    guard: 'a ticket lets in as many as have a copy of it',
    file: 'tickets-store.ts',
    without: { "where id = $1 and show_id = $2 and state = 'VALID'": 'where id = $1 and show_id = $2' },
    test: { file: tickets, name: 'twenty gates scan one ticket at once: one lets its holder in' },
  },
  {
    name: 'ticket-of-this-show',
    guard: 'a ticket opens the gate of another show',
    file: 'admit-ticket.ts',
    without: { 'input.showId !== undefined && input.showId !== ticket.showId': 'false' },
    test: { file: tickets, name: "a ticket for another show than the gate's is refused, and stays good" },
  },
  {
    name: 'ticket-is-the-owners',
    guard: "a fan reads another's ticket",
    file: 'tickets-store.ts',
    without: { 'where tickets.id = $1 and tickets.fan_id = $2': 'where tickets.id = $1 and $2 > 0' },
    test: { file: tickets, name: "another fan's ticket is refused as if it did not exist" },
  },
  {
    name: 'ticket-is-signed',
    guard: 'a ticket that somebody made up opens the gate',
    file: 'ticket-code.ts',
    without: {
      "const { payload } = await compactVerify(code, publicKey, { algorithms: ['EdDSA'] })":
        "const payload = Buffer.from(code.split('.')[1] ?? '', 'base64url')",
    },
    fails: 'Unexpected end of JSON input',
    test: {
      file: tickets,
      name: 'a code that is changed, cut, made up, or signed with another secret is refused',
    },
  },
  {
    name: 'ticket-void-after-refund',
    guard: 'a ticket opens the gate though its money went back',
    file: 'tickets-store.ts',
    without: { "set state = 'VOID' where reservation_id": "set state = 'VALID' where reservation_id" },
    test: { file: tickets, name: 'a refunded ticket opens nothing' },
  },
  {
    name: 'ticket-used-or-void',
    guard: 'a refund makes a used ticket void, and its fan is inside for nothing',
    file: 'tickets-store.ts',
    without: { "where reservation_id = $1 and state = 'VALID'": 'where reservation_id = $1' },
    test: {
      file: 'packages/core/src/payments/refund.int.test.ts',
      name: 'a reservation of which one ticket was used is not refunded, not even in part',
    },
  },
  {
    name: 'ticket-one-a-seat',
    guard: 'two tickets are good for one seat',
    file: 'packages/core/src/migrations/0004-ledger.sql',
    without: { "create unique index tickets_seat_key on tickets (seat_id) where state <> 'VOID';": '' },
    drop: 'drop index tickets_seat_key',
    test: { file: tickets, name: 'a seat has one good ticket, whatever a command forgets' },
  },
])
