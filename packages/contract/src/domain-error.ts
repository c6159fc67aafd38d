import { type ErrorCode, errorCodes } from './error-codes.ts'
import type { ErrorDetails, WireError } from './errors.ts'

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

/**
 * A refusal thrown here, or one that our own server sent: its word on the details is believed, as it is on results.
 * `undefined` when it is neither. What comes from anybody else is for `parseWireError`.
 */
export function readWireError(value: unknown): WireError | undefined {
  if (!(value instanceof Object && 'code' in value && 'details' in value)) return undefined
  if (!errorCodes.some((code) => code === value.code) || !(value.details instanceof Object)) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a known code, and the server types its details by it
  return value as WireError
}
