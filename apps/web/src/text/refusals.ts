import type { ErrorCode, ErrorDetails, WireError } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { roundSpan } from './durations.ts'
import { tellSpan } from './spans.ts'

type Tellers = { [C in ErrorCode]: (details: ErrorDetails<C>) => string }

/** Every refusal in the fan's words. A code without a sentence does not compile. */
const tellers = {
  BAD_INPUT: () => m.error_bad_input(),
  NOT_FOUND: () => m.error_not_found(),
  SIGN_IN_REQUIRED: () => m.error_sign_in_required(),
  WRONG_CREDENTIALS: () => m.error_wrong_credentials(),
  EMAIL_TAKEN: () => m.error_email_taken(),
  FORBIDDEN: () => m.error_forbidden(),
  PARTNER_KEY_REQUIRED: () => m.error_forbidden(),
  PARTNER_KEY_REFUSED: () => m.error_forbidden(),
  RATE_LIMITED: ({ retryAfterMs }) => m.error_rate_limited({ span: tellSpan(roundSpan(retryAfterMs)) }),
  OVERLOADED: () => m.error_overloaded(),
  UNAVAILABLE: () => m.error_unavailable(),
  LINE_CLOSED: () => m.error_line_closed(),
  LINE_REBUILDING: () => m.error_line_rebuilding(),
  NOT_IN_LINE: () => m.error_not_in_line(),
  STILL_WAITING: ({ ahead }) => m.error_still_waiting({ ahead }),
  RECEIPT_REFUSED: () => m.error_receipt_refused(),
  PASS_REQUIRED: () => m.error_pass_required(),
  PASS_REFUSED: ({ reason }) => (reason === 'spent' ? m.error_pass_spent() : m.error_pass_refused()),
  SALE_CLOSED: () => m.error_sale_closed(),
  SALE_STOPPED: () => m.error_sale_stopped(),
  SEATS_TAKEN: ({ seats }) => m.error_seats_taken({ count: seats.length }),
  SEAT_LIMIT_REACHED: ({ limit }) => m.error_seat_limit({ count: limit }),
  NO_ADJACENT_SEATS: ({ largestRun }) =>
    largestRun > 0 ? m.error_no_adjacent({ count: largestRun }) : m.error_none_left(),
  HOLD_EXPIRED: () => m.error_hold_expired(),
  HOLD_ENDED: ({ state }) => (state === 'PAID' ? m.error_hold_paid() : m.error_hold_ended()),
  BALANCE_TOO_LOW: () => m.error_balance_too_low(),
  BALANCE_TOO_HIGH: () => m.error_balance_too_high(),
  AMOUNT_MISMATCH: () => m.error_amount_mismatch(),
  IDEMPOTENCY_KEY_REUSED: () => m.error_key_reused(),
  NOT_REFUNDABLE: ({ reason }) => notRefundable[reason](),
  TICKET_INVALID: () => m.error_ticket_invalid(),
  TICKET_USED: () => m.error_ticket_used(),
  TICKET_VOID: () => m.error_ticket_void(),
  SEAT_PLAN_INVALID: () => m.error_bad_input(),
  INTERNAL: ({ requestId }) => m.error_internal({ requestId }),
} satisfies Tellers

const notRefundable: Record<ErrorDetails<'NOT_REFUNDABLE'>['reason'], () => string> = {
  notPaid: () => m.error_refund_not_paid(),
  alreadyRefunded: () => m.error_refund_done(),
  ticketUsed: () => m.error_refund_ticket_used(),
  showStarted: () => m.error_refund_show_started(),
}

/** The sentence for a refusal; for a failure that is none, that the connection is at fault. */
export function tellRefusal(refusal: WireError | undefined): string {
  return refusal === undefined ? m.error_no_connection() : tell(refusal.code, refusal.details)
}

function tell<C extends ErrorCode>(code: C, details: ErrorDetails<C>): string {
  const teller: Tellers[C] = tellers[code]
  return teller(details)
}
