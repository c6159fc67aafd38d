import { DomainError } from '@greenroom/contract'
import { type Deps, isSessionGood, requireRate, type Session } from '@greenroom/core'
import type { EventGuard } from './guards.ts'

/**
 * What the table says of an event, asked when its turn comes: SIGN_IN_REQUIRED when the session has ended since the socket was opened,
 * FORBIDDEN for another role, RATE_LIMITED. `undefined` where there is nothing to wait for.
 */
export function requireEvent(
  deps: Deps,
  { role, rate }: EventGuard,
  session: Session,
): Promise<void> | undefined {
  if (!isSessionGood(deps, session)) throw new DomainError('SIGN_IN_REQUIRED', {})
  if (role === 'operator' && session.role !== 'operator') throw new DomainError('FORBIDDEN', {})
  // the socket's own budget is taken from before an event waits for its turn
  if (rate === 'socket') return undefined
  return requireRate(deps, { rate, accountId: session.accountId, address: '' })
}
