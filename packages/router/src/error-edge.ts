import {
  badInput,
  DomainError,
  type ErrorCode,
  isRefusal,
  toWireError,
  type WireError,
} from '@greenroom/contract'
import { outageOf, withoutStack } from '@greenroom/core'
import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'

/** Each refusal of the product as a tRPC code, which decides the HTTP status. A code without a row does not compile. */
const trpcCode = {
  BAD_INPUT: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  SIGN_IN_REQUIRED: 'UNAUTHORIZED',
  WRONG_CREDENTIALS: 'UNAUTHORIZED',
  EMAIL_TAKEN: 'CONFLICT',
  FORBIDDEN: 'FORBIDDEN',
  PARTNER_KEY_REQUIRED: 'UNAUTHORIZED',
  PARTNER_KEY_REFUSED: 'UNAUTHORIZED',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  OVERLOADED: 'SERVICE_UNAVAILABLE',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  LINE_CLOSED: 'CONFLICT',
  CHALLENGE_REQUIRED: 'PRECONDITION_REQUIRED',
  CHALLENGE_REFUSED: 'FORBIDDEN',
  ADDRESS_CROWDED: 'TOO_MANY_REQUESTS',
  LINE_REBUILDING: 'SERVICE_UNAVAILABLE',
  NOT_IN_LINE: 'NOT_FOUND',
  STILL_WAITING: 'FORBIDDEN',
  RECEIPT_REFUSED: 'UNAUTHORIZED',
  PASS_REQUIRED: 'UNAUTHORIZED',
  PASS_REFUSED: 'UNAUTHORIZED',
  BYPASS_REFUSED: 'FORBIDDEN',
  SALE_CLOSED: 'CONFLICT',
  SALE_STOPPED: 'CONFLICT',
  SEATS_TAKEN: 'CONFLICT',
  SEAT_LIMIT_REACHED: 'CONFLICT',
  NO_ADJACENT_SEATS: 'CONFLICT',
  HOLD_EXPIRED: 'PRECONDITION_FAILED',
  HOLD_ENDED: 'CONFLICT',
  BALANCE_TOO_LOW: 'PAYMENT_REQUIRED',
  BALANCE_TOO_HIGH: 'CONFLICT',
  AMOUNT_MISMATCH: 'CONFLICT',
  IDEMPOTENCY_KEY_REUSED: 'CONFLICT',
  NOT_REFUNDABLE: 'CONFLICT',
  TICKET_INVALID: 'BAD_REQUEST',
  TICKET_USED: 'CONFLICT',
  TICKET_VOID: 'CONFLICT',
  SHOW_FIXED: 'CONFLICT',
  SEAT_PLAN_INVALID: 'BAD_REQUEST',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorCode, TRPCError['code']>

/**
 * A tRPC failure that carries its refusal, so that the formatter reads it back without guessing. The refusal knows where it was
 * made, as far as that is of use.
 */
export function toTrpcError(error: DomainError): TRPCError {
  return withoutStack(() => new TRPCError({ code: trpcCode[error.code], message: error.code, cause: error }))
}

/**
 * Whatever went wrong in a call, as a refusal. What is neither one of ours nor an outage becomes INTERNAL: its text never
 * leaves the server.
 */
export function toDomainError(error: TRPCError, requestId: string): DomainError {
  if (isRefusal(error.cause)) return error.cause
  if (error.code === 'BAD_REQUEST' && error.cause instanceof ZodError) return badInput(error.cause)
  return (
    outageOf(error.cause) ?? transportRefusals[error.code]?.() ?? new DomainError('INTERNAL', { requestId })
  )
}

/** tRPC's own refusals, made before any procedure runs. */
const transportRefusals: Partial<Record<TRPCError['code'], () => DomainError>> = {
  BAD_REQUEST: () => unreadable('the request is not well formed'),
  PARSE_ERROR: () => unreadable('the body is not JSON'),
  METHOD_NOT_SUPPORTED: () => unreadable('queries are GET, mutations are POST'),
  UNSUPPORTED_MEDIA_TYPE: () => unreadable('the body must be application/json'),
  PAYLOAD_TOO_LARGE: () => unreadable('the request is too large'),
  NOT_FOUND: () => unreadable('no such procedure'),
}

const unreadable = (message: string): DomainError =>
  new DomainError('BAD_INPUT', { faults: [{ path: '', message }] })

/** The wire form of any failure, for the error formatter. */
export function wireErrorOf(error: TRPCError, requestId: string): WireError {
  return toWireError(toDomainError(error, requestId))
}
