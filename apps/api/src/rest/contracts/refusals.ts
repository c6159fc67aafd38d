import type { ErrorCode } from '@greenroom/contract'

/** What each step of a sale may refuse with, whichever contract's words asked for it. */
export const placeRefusals: readonly ErrorCode[] = [
  'NOT_FOUND',
  'PASS_REFUSED',
  'LINE_CLOSED',
  'LINE_REBUILDING',
]
export const holdRefusals: readonly ErrorCode[] = [
  'NOT_FOUND',
  'SEATS_TAKEN',
  'SEAT_LIMIT_REACHED',
  'SALE_CLOSED',
  'SALE_STOPPED',
]
export const chargeRefusals: readonly ErrorCode[] = [
  'NOT_FOUND',
  'FORBIDDEN',
  'BALANCE_TOO_HIGH',
  'IDEMPOTENCY_KEY_REUSED',
]
export const payRefusals: readonly ErrorCode[] = [
  'NOT_FOUND',
  'BALANCE_TOO_LOW',
  'HOLD_EXPIRED',
  'HOLD_ENDED',
  'SALE_STOPPED',
]
