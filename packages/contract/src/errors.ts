import { z } from 'zod'
import { reservationId, seatId } from './ids.ts'
import { amountMinor } from './money.ts'
import { seatStatus } from './seat-status.ts'
import { instantMs } from './time.ts'

const none = z.object({})
const faults = z.array(z.object({ path: z.string(), message: z.string() }))

/**
 * Every refusal the product knows, with what it tells the caller. One list: the core throws these,
 * each edge (tRPC, REST, socket, job) maps each code once, and clients switch on them by type.
 */
export const errorDetails = {
  BAD_INPUT: z.object({ faults }),
  NOT_FOUND: z.object({
    what: z.enum([
      'account',
      'concert',
      'show',
      'seat',
      'seatPlan',
      'reservation',
      'payment',
      'ticket',
      'entry',
      'partnerKey',
      'webhookEndpoint',
      'webhookDelivery',
      'route',
    ]),
  }),
  SIGN_IN_REQUIRED: none,
  WRONG_CREDENTIALS: none,
  EMAIL_TAKEN: none,
  FORBIDDEN: none,
  PARTNER_KEY_REQUIRED: none,
  PARTNER_KEY_REFUSED: none,
  RATE_LIMITED: z.object({ retryAfterMs: z.number().int().nonnegative() }),
  OVERLOADED: z.object({ retryAfterMs: z.number().int().nonnegative() }),
  UNAVAILABLE: z.object({ retryAfterMs: z.number().int().nonnegative() }),

  LINE_CLOSED: z.object({ phase: z.string() }),
  LINE_REBUILDING: z.object({ retryAfterMs: z.number().int().nonnegative() }),
  NOT_IN_LINE: none,
  /** `position` is `ahead` + 1: 1 is next. */
  STILL_WAITING: z.object({ ahead: z.number().int().nonnegative(), position: z.number().int().positive() }),
  RECEIPT_REFUSED: z.object({ reason: z.enum(['invalid', 'otherFan', 'otherConcert', 'spent']) }),
  PASS_REQUIRED: none,
  PASS_REFUSED: z.object({ reason: z.enum(['invalid', 'otherFan', 'otherConcert', 'expired', 'spent']) }),

  SALE_CLOSED: none,
  /** `reason`: the invariant that was found broken. */
  SALE_STOPPED: z.object({ reason: z.string() }),
  SEATS_TAKEN: z.object({ seats: z.array(z.object({ seatId, status: seatStatus })) }),
  SEAT_LIMIT_REACHED: z.object({ limit: z.number().int(), held: z.number().int() }),
  NO_ADJACENT_SEATS: z.object({ largestRun: z.number().int().nonnegative() }),
  HOLD_EXPIRED: z.object({ reservationId }),
  HOLD_ENDED: z.object({ reservationId, state: z.enum(['PAID', 'EXPIRED', 'RELEASED', 'REFUNDED']) }),

  BALANCE_TOO_LOW: z.object({ balanceMinor: amountMinor, neededMinor: amountMinor }),
  BALANCE_TOO_HIGH: z.object({ limitMinor: amountMinor }),
  AMOUNT_MISMATCH: z.object({ expectedMinor: amountMinor }),
  IDEMPOTENCY_KEY_REUSED: none,
  NOT_REFUNDABLE: z.object({ reason: z.enum(['notPaid', 'alreadyRefunded', 'ticketUsed', 'showStarted']) }),

  TICKET_INVALID: none,
  TICKET_USED: z.object({ usedAtMs: instantMs }),
  TICKET_VOID: none,

  SEAT_PLAN_INVALID: z.object({ faults }),
  INTERNAL: z.object({ requestId: z.string() }),
} as const

export type ErrorCode = keyof typeof errorDetails
export type ErrorDetails<C extends ErrorCode> = z.infer<(typeof errorDetails)[C]>
export const errorCode = z.object(errorDetails).keyof()
export const errorCodes = errorCode.options

/** What an edge sends: a code to switch on, a sentence for a log, details typed by the code. */
export type WireError = {
  [C in ErrorCode]: { code: C; message: string; details: ErrorDetails<C> }
}[ErrorCode]

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
  LINE_REBUILDING: 'The line is being restored: present your receipt again in a moment.',
  NOT_IN_LINE: 'You are not in this line.',
  STILL_WAITING: 'It is not your turn yet.',
  RECEIPT_REFUSED: 'This receipt proves no place of yours.',
  PASS_REQUIRED: 'Only fans who were let in may do this.',
  PASS_REFUSED: 'This pass does not let you in.',
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
  SEAT_PLAN_INVALID: 'The seat plan has faults.',
  INTERNAL: 'Something went wrong on our side.',
} as const satisfies Record<ErrorCode, string>

/** A refusal by rule. Thrown once, where the rule is; never caught to be rethrown as another. */
export class DomainError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly details: ErrorDetails<C>

  constructor(code: C, details: ErrorDetails<C>) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** Whether a failure is a refusal by rule, as opposed to something that broke. */
export function isRefusal(error: unknown): error is DomainError {
  return error instanceof DomainError
}

/** Narrows an unknown failure to one code, so that its details are typed. */
export function isDomainError<C extends ErrorCode>(error: unknown, code: C): error is DomainError<C> {
  return error instanceof DomainError && error.code === code
}

/** The refusal as every edge sends it. */
export function toWireError(error: DomainError): WireError {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the constructor took code and details as one pair
  return { code: error.code, message: sentences[error.code], details: error.details } as WireError
}

/** Reads an error that arrived over a wire; `undefined` when it is not one of ours. */
export function parseWireError(value: unknown): WireError | undefined {
  const head = z.object({ code: errorCode, message: z.string(), details: z.unknown() }).safeParse(value)
  if (!head.success) return undefined
  const details = errorDetails[head.data.code].safeParse(head.data.details)
  if (!details.success) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and details were just parsed as one pair
  return { ...head.data, details: details.data } as WireError
}
