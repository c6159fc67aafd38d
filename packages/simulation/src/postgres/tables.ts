import type { ReservationState, SeatStatus } from '@greenroom/contract'
import { createTable } from './rows.ts'

export type Seat = {
  seatId: number
  showId: number
  ordinal: number
  status: SeatStatus
  reservationId: number | null
  heldUntilMs: number | null
  version: number
  priceMinor: number
}
export type Reservation = {
  id: number
  showId: number
  concertId: number
  fanId: number
  seatIds: number[]
  amountMinor: number
  state: ReservationState
  firstHeldAtMs: number
  heldAtMs: number
  heldUntilMs: number
  maxHeldUntilMs: number
  paidAtMs: number | null
  endedAtMs: number | null
}
export type SeatCount = { showId: number; fanId: number; seatCount: number; seatLimit: number }
export type OutboxRow = { id: number; showId: number; payload: string }
export type Wallet = { fanId: number; balanceMinor: number }
export type Payment = {
  id: number
  fanId: number
  concertId: number
  reservationIds: number[]
  amountMinor: number
  paidAtMs: number
}
export type Transfer = {
  id: number
  kind: 'charge' | 'payment' | 'refund'
  fanId: number
  /** +1 to the fan, -1 from the fan; the other side is the house. */
  direction: 1 | -1
  amountMinor: number
  balanceAfterMinor: number
  paymentId: number | null
  reservationId: number | null
  atMs: number
}
export type IdempotencyKey = {
  fanId: number
  key: string
  command: string
  bodyHash: string
  reply: string | null
}
export type Ticket = {
  id: number
  paymentId: number
  reservationId: number
  seatId: number
  fanId: number
  state: 'VALID' | 'VOID'
}
export type FanPlace = { fanId: number; epoch: number; seq: number; atMs: number }
export type LineRow = { epoch: number; begunEpoch: number }
export type EventRow = { id: number; type: string; data: string }

export type Tables = ReturnType<typeof createTables>

export function createTables() {
  return {
    seats: createTable<Seat>('seats'),
    reservations: createTable<Reservation>('reservations'),
    counts: createTable<SeatCount>('fan_seat_counts'),
    outbox: createTable<OutboxRow>('outbox'),
    wallets: createTable<Wallet>('wallets'),
    payments: createTable<Payment>('payments'),
    transfers: createTable<Transfer>('transfers'),
    /** The unique index of transfers, as a table of its keys. */
    transferKeys: createTable<{ transferId: number }>('transfers_reservation_key'),
    keys: createTable<IdempotencyKey>('idempotency_keys'),
    tickets: createTable<Ticket>('tickets'),
    /** The unique index of tickets that are not void. */
    ticketKeys: createTable<{ ticketId: number }>('tickets_seat_key'),
    entered: createTable<FanPlace>('entered_places'),
    spent: createTable<FanPlace>('spent_passes'),
    lines: createTable<LineRow>('lines'),
    events: createTable<EventRow>('events'),
    advisory: createTable<number>('pg_advisory_xact_lock'),
  }
}
