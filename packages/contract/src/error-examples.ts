import { DomainError } from './domain-error.ts'
import type { ErrorCode } from './error-codes.ts'
import type { ErrorDetails } from './errors.ts'
import { reservationId, seatId } from './ids.ts'

const aReservationId = reservationId.parse(12)
const aSeatId = seatId.parse(7)

/** One example of each refusal's details: what the documentation shows and what the tests of every edge send. */
export const errorExamples: { [C in ErrorCode]: ErrorDetails<C> } = {
  BAD_INPUT: { faults: [{ path: 'seatIds[0]', message: 'Expected a positive integer', reason: 'tooSmall' }] },
  NOT_FOUND: { what: 'seat' },
  SIGN_IN_REQUIRED: {},
  WRONG_CREDENTIALS: {},
  EMAIL_TAKEN: {},
  FORBIDDEN: {},
  PARTNER_KEY_REQUIRED: {},
  PARTNER_KEY_REFUSED: {},
  RATE_LIMITED: { retryAfterMs: 1_000 },
  OVERLOADED: { retryAfterMs: 500 },
  UNAVAILABLE: { retryAfterMs: 2_000 },
  LINE_CLOSED: { phase: 'closed' },
  CHALLENGE_REQUIRED: {
    challenge: {
      kind: 'work',
      challenge: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJjIjoxLCJmIjoxMn0.c2lnbmVk',
      bits: 18,
      expiresAtMs: 1_790_000_000_000,
    },
  },
  CHALLENGE_REFUSED: { reason: 'expired' },
  ADDRESS_CROWDED: { limit: 50 },
  LINE_REBUILDING: { retryAfterMs: 1_000 },
  NOT_IN_LINE: {},
  STILL_WAITING: { ahead: 120, position: 121 },
  RECEIPT_REFUSED: { reason: 'otherFan' },
  PASS_REQUIRED: {},
  PASS_REFUSED: { reason: 'expired' },
  BYPASS_REFUSED: { reason: 'unknown' },
  SALE_CLOSED: {},
  SALE_STOPPED: { reason: 'one-owner-per-seat' },
  SEATS_TAKEN: { seats: [{ seatId: aSeatId, status: 'held' }] },
  SEAT_LIMIT_REACHED: { limit: 4, held: 4 },
  NO_ADJACENT_SEATS: { largestRun: 2 },
  HOLD_EXPIRED: { reservationId: aReservationId },
  HOLD_ENDED: { reservationId: aReservationId, state: 'RELEASED' },
  BALANCE_TOO_LOW: { balanceMinor: 10_000, neededMinor: 110_000 },
  BALANCE_TOO_HIGH: { limitMinor: 1_000_000_000 },
  AMOUNT_MISMATCH: { expectedMinor: 110_000 },
  IDEMPOTENCY_KEY_REUSED: {},
  NOT_REFUNDABLE: { reason: 'ticketUsed' },
  TICKET_INVALID: {},
  TICKET_USED: { usedAtMs: 1_790_000_000_000 },
  TICKET_VOID: {},
  SHOW_FIXED: { reason: 'begun' },
  SEAT_PLAN_INVALID: { faults: [{ path: 'zones[0].rows[3].seats[2].seat_guid', message: 'named twice' }] },
  INTERNAL: { requestId: '3f1c' },
}

/** The example as the core would throw it. */
export function exampleOf(code: ErrorCode): DomainError {
  return new DomainError(code, errorExamples[code])
}
