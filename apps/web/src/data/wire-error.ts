import { greenroomError } from '@greenroom/client'
import type { ErrorCode, WireError } from '@greenroom/contract'

/** Refusals that pass by themselves. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'RATE_LIMITED',
  'OVERLOADED',
  'UNAVAILABLE',
  'LINE_REBUILDING',
  'INTERNAL',
])

/** The refusal inside a failure; `undefined` when the server was not reached or spoke no known language. */
export function refusalOf(error: unknown): WireError | undefined {
  return greenroomError(error)
}

/** True when the failure is that refusal, whatever its details. */
export function isRefusal(error: unknown, code: ErrorCode): boolean {
  return refusalOf(error)?.code === code
}

/** Whether the next answer may differ: no connection, or a server that is not well. Anything else was decided. */
export function mayPass(error: unknown): boolean {
  const refusal = refusalOf(error)
  return refusal === undefined || passing.has(refusal.code)
}
