import { z } from 'zod'
import { challenge } from './challenge.ts'
import { type ErrorCode, errorCodes } from './error-codes.ts'
import { faultReason } from './fault-reason.ts'
import { reservationId, seatId } from './ids.ts'
import { amountMinor } from './money.ts'
import { seatStatus } from './seat-status.ts'
import { showFixedBecause } from './show-fixed.ts'
import { instantMs } from './time.ts'

const none = z.object({})
const faults = z.array(
  z.object({
    path: z.string(),
    message: z.string(),
    /** For forms; absent where no form asks. */
    reason: faultReason.optional(),
    /** What it is about, by its own name: a price class. */
    name: z.string().optional(),
  }),
)

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
      'session',
      'partnerKey',
      'webhookEndpoint',
      'category',
      'webhookDelivery',
      'job',
      'bypassCode',
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
  /** Solve it and join again with the proof. */
  CHALLENGE_REQUIRED: z.object({ challenge }),
  /** Join again without a proof for another challenge. */
  CHALLENGE_REFUSED: z.object({
    reason: z.enum(['invalid', 'otherFan', 'otherConcert', 'expired', 'tooEasy', 'spent']),
  }),
  /** `limit`: accounts of one address, or of its IPv6 network of 48 bits, that may wait in this line at a time. */
  ADDRESS_CROWDED: z.object({ limit: z.number().int().positive() }),
  LINE_REBUILDING: z.object({ retryAfterMs: z.number().int().nonnegative() }),
  NOT_IN_LINE: none,
  /** `position` is `ahead` + 1: 1 is next. */
  STILL_WAITING: z.object({ ahead: z.number().int().nonnegative(), position: z.number().int().positive() }),
  RECEIPT_REFUSED: z.object({ reason: z.enum(['invalid', 'otherFan', 'otherConcert', 'spent']) }),
  PASS_REQUIRED: none,
  PASS_REFUSED: z.object({ reason: z.enum(['invalid', 'otherFan', 'otherConcert', 'expired', 'spent']) }),
  BYPASS_REFUSED: z.object({ reason: z.enum(['unknown', 'usedUp']) }),

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

  /** `moved`: to another time than the one that was looked at. `touched`: seats of it were held or sold, or its sale was stopped. */
  SHOW_FIXED: z.object({ reason: showFixedBecause }),
  SEAT_PLAN_INVALID: z.object({ faults }),
  INTERNAL: z.object({ requestId: z.string() }),
} as const satisfies Record<ErrorCode, z.ZodType>

export type ErrorDetails<C extends ErrorCode> = z.infer<(typeof errorDetails)[C]>
export const errorCode = z.enum(errorCodes)

/** What an edge sends: a code to switch on, a sentence for a log, details typed by the code. */
export type WireError = {
  [C in ErrorCode]: { code: C; message: string; details: ErrorDetails<C> }
}[ErrorCode]

/** Reads an error that arrived over a wire, details and all; `undefined` when it is not one of ours. */
export function parseWireError(value: unknown): WireError | undefined {
  const head = z.object({ code: errorCode, message: z.string(), details: z.unknown() }).safeParse(value)
  if (!head.success) return undefined
  const details = errorDetails[head.data.code].safeParse(head.data.details)
  if (!details.success) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and details were just parsed as one pair
  return { ...head.data, details: details.data } as WireError
}
