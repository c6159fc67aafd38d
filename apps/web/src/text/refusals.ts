import type { ErrorCode, ErrorDetails, WireError } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { lineTellers, type Tellers } from './line-refusals.ts'

/** Every refusal in the fan's words. A code without a sentence does not compile. */
const tellers = {
  ...lineTellers,
  BAD_INPUT: () => m.error_bad_input(),
  WRONG_CREDENTIALS: () => m.error_wrong_credentials(),
  EMAIL_TAKEN: () => m.error_email_taken(),
  PARTNER_KEY_REQUIRED: () => m.error_forbidden(),
  PARTNER_KEY_REFUSED: () => m.error_forbidden(),
  PASS_REQUIRED: () => m.error_pass_required(),
  SALE_CLOSED: () => m.error_sale_closed(),
  SALE_STOPPED: ({ reason }) => (reason === 'cancelled' ? m.error_show_cancelled() : m.error_sale_stopped()),
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
  SHOW_FIXED: ({ reason }) => showFixed[reason](),
  SEAT_PLAN_INVALID: () => m.error_bad_input(),
} satisfies Tellers

const notRefundable: Record<ErrorDetails<'NOT_REFUNDABLE'>['reason'], () => string> = {
  notPaid: () => m.error_refund_not_paid(),
  alreadyRefunded: () => m.error_refund_done(),
  ticketUsed: () => m.error_refund_ticket_used(),
  showStarted: () => m.error_refund_show_started(),
}

/** Also what the editor says before anybody presses. */
export const showFixed: Record<ErrorDetails<'SHOW_FIXED'>['reason'], () => string> = {
  begun: () => m.error_show_fixed_begun(),
  cancelled: () => m.error_show_fixed_cancelled(),
  moved: () => m.error_show_fixed_moved(),
  opened: () => m.error_show_fixed_opened(),
  touched: () => m.error_show_fixed_touched(),
}

/** The sentence for a refusal; for a failure that is none, that the connection is at fault. */
export function tellRefusal(refusal: WireError | undefined): string {
  return refusal === undefined ? m.error_no_connection() : tell(refusal.code, refusal.details)
}

function tell<C extends ErrorCode>(code: C, details: ErrorDetails<C>): string {
  const teller: Tellers[C] = tellers[code]
  return teller(details)
}
