import type { WireError } from '@greenroom/contract'
import { readWireError } from '@greenroom/contract/plain'

/**
 * The refusal inside a failure of any call of this client, to switch on by `code`; `undefined` when the failure is
 * not one of ours: no connection, a time-out, a page of a proxy.
 */
export function greenroomError(error: unknown): WireError | undefined {
  const data: unknown = error instanceof Error ? Reflect.get(error, 'data') : undefined
  return readWireError(data instanceof Object ? Reflect.get(data, 'domain') : error)
}

/** How long the server asks to wait before trying again; `undefined` when trying again would get the same refusal. */
export function retryHintMs(error: unknown): number | undefined {
  const refusal = greenroomError(error)
  switch (refusal?.code) {
    // no refusal at all is a broken connection, and those mend
    case undefined:
    case 'INTERNAL':
      return 0
    case 'RATE_LIMITED':
    case 'OVERLOADED':
    case 'UNAVAILABLE':
    case 'LINE_REBUILDING':
      return refusal.details.retryAfterMs
    default:
      return undefined
  }
}
