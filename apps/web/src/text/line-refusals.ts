import type { ErrorCode, ErrorDetails, WireError } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { roundSpan } from './durations.ts'
import { tellCount } from './money.ts'
import { tellSpan } from './spans.ts'

export type Tellers = { [C in ErrorCode]: (details: ErrorDetails<C>) => string }

/** What a fan in the line may be refused with: the line page carries these sentences and no others. */
export const lineTellers = {
  NOT_FOUND: () => m.error_not_found(),
  SIGN_IN_REQUIRED: () => m.error_sign_in_required(),
  FORBIDDEN: () => m.error_forbidden(),
  RATE_LIMITED: ({ retryAfterMs }) => m.error_rate_limited({ span: tellSpan(roundSpan(retryAfterMs)) }),
  OVERLOADED: () => m.error_overloaded(),
  UNAVAILABLE: () => m.error_unavailable(),
  LINE_CLOSED: () => m.error_line_closed(),
  CHALLENGE_REQUIRED: () => m.error_challenge_required(),
  CHALLENGE_REFUSED: () => m.error_challenge_refused(),
  ADDRESS_CROWDED: () => m.error_address_crowded(),
  LINE_REBUILDING: () => m.error_line_rebuilding(),
  NOT_IN_LINE: () => m.error_not_in_line(),
  STILL_WAITING: ({ ahead }) => m.error_still_waiting({ ahead: tellCount(ahead) }),
  RECEIPT_REFUSED: () => m.error_receipt_refused(),
  PASS_REFUSED: ({ reason }) => (reason === 'spent' ? m.error_pass_spent() : m.error_pass_refused()),
  BYPASS_REFUSED: ({ reason }) => (reason === 'usedUp' ? m.error_code_used_up() : m.error_code_refused()),
  INTERNAL: ({ requestId }) => m.error_internal({ requestId }),
} satisfies Partial<Tellers>

/** The sentence for a refusal in the line; for a failure that is none, that the connection is at fault. */
export function tellLineRefusal(refusal: WireError | undefined): string {
  return refusal === undefined ? m.error_no_connection() : tell(refusal.code, refusal.details)
}

function tell<C extends ErrorCode>(code: C, details: ErrorDetails<C>): string {
  const tellers: Partial<Tellers> = lineTellers
  const teller: Partial<Tellers>[C] = tellers[code]
  return teller === undefined ? m.error_title() : teller(details)
}
