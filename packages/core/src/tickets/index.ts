export { admitTicket } from './admit-ticket.ts'
export { cancelTickets, issueTickets } from './issue-tickets.ts'
export { listTickets, readTicket } from './queries.ts'
export { readTicketKeys } from './ticket-code.ts'
