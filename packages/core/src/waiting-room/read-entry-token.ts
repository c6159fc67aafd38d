import type { Deps } from '../platform/deps.ts'
import { type Bearer, type Expected, readAnyReceipt } from './tokens.ts'

/**
 * Whose token it is and of which concert's line, by its signature alone: whether its place is still worth anything is for
 * `requireTurn`. Refuses with RECEIPT_REFUSED: `invalid`, and `otherFan` or `otherConcert` when it is not of whom was expected.
 */
export function readEntryToken(deps: Pick<Deps, 'keys'>, token: string, expected: Expected = {}): Bearer {
  return readAnyReceipt(deps, token, expected).bearer
}
