import type { DomainError } from './domain-error.ts'
import type { ErrorCode } from './error-codes.ts'
import type { WireError } from './errors.ts'

/** One plain sentence a code, for logs and for people who call by hand; pages have their own, in the reader's language. */
const sentences = {
  BAD_INPUT: 'The input does not have the form this call takes.',
  NOT_FOUND: 'There is no such thing, or it is not yours.',
  SIGN_IN_REQUIRED: 'Sign in first.',
  WRONG_CREDENTIALS: 'The e-mail or the password is wrong.',
  EMAIL_TAKEN: 'This e-mail has an account already.',
  FORBIDDEN: 'You may not do this.',
  PARTNER_KEY_REQUIRED: 'Send your partner key as x-api-key.',
  PARTNER_KEY_REFUSED: 'This is not a partner key, or it was revoked.',
  RATE_LIMITED: 'Too many calls: wait and try again.',
  OVERLOADED: 'The server has more work than it takes on: try again.',
  UNAVAILABLE: 'A part of the service is away: try again.',
  LINE_CLOSED: 'The line does not take anybody in now.',
  CHALLENGE_REQUIRED: 'Solve the challenge first, and join again with the proof.',
  CHALLENGE_REFUSED: 'This does not solve the challenge: join again for another one.',
  ADDRESS_CROWDED: 'As many accounts as may wait at a time came from this address.',
  LINE_REBUILDING: 'The line is being restored: present your receipt again in a moment.',
  NOT_IN_LINE: 'You are not in this line.',
  STILL_WAITING: 'It is not your turn yet.',
  RECEIPT_REFUSED: 'This receipt proves no place of yours.',
  PASS_REQUIRED: 'Only fans who were let in may do this.',
  PASS_REFUSED: 'This pass does not let you in.',
  BYPASS_REFUSED: 'This code does not let you in.',
  SALE_CLOSED: 'The sale is closed.',
  SALE_STOPPED: 'The sale of this show is stopped until an operator has looked at it.',
  SEATS_TAKEN: 'Some of these seats are taken.',
  SEAT_LIMIT_REACHED: 'That is more seats than one fan may have for this show.',
  NO_ADJACENT_SEATS: 'There are not that many free seats side by side.',
  HOLD_EXPIRED: 'The hold ran out before it was paid.',
  HOLD_ENDED: 'This reservation is no longer a hold.',
  BALANCE_TOO_LOW: 'The wallet holds too little.',
  BALANCE_TOO_HIGH: 'The wallet would hold more than it may.',
  AMOUNT_MISMATCH: 'The amount is not what is owed.',
  IDEMPOTENCY_KEY_REUSED: 'This idempotency key was used for another request.',
  NOT_REFUNDABLE: 'This reservation cannot be refunded.',
  TICKET_INVALID: 'This is not a ticket of ours.',
  TICKET_USED: 'This ticket was used already.',
  TICKET_VOID: 'This ticket was refunded.',
  SHOW_FIXED: 'It is too late to change this show.',
  SEAT_PLAN_INVALID: 'The seat plan has faults.',
  INTERNAL: 'Something went wrong on our side.',
} as const satisfies Record<ErrorCode, string>

/** The refusal as every edge sends it. */
export function toWireError(error: DomainError): WireError {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the constructor took code and details as one pair
  return { code: error.code, message: sentences[error.code], details: error.details } as WireError
}
