import type { AccountId, DomainError } from '@greenroom/contract'
import { type Deps, isSessionGood, type Session, tooManySockets, watchSessions } from '@greenroom/core'
import type { WebSocket } from 'ws'
import { policyViolation } from './policy-violation.ts'

type SignedInSockets = {
  /** Notes whose socket it is. RATE_LIMITED when the account has as many as it may here. */
  enter: (client: WebSocket, session: Session) => DomainError | undefined
  stop: () => void
}

/** The sockets of signed-in callers: so many an account, and none for longer than its session, which may end in any process. */
export function openSignedInSockets(deps: Deps, perAccount: number): SignedInSockets {
  const sessions = new Map<WebSocket, Session>()
  const counts = new Map<AccountId, number>()
  const leave = (client: WebSocket, accountId: AccountId): void => {
    sessions.delete(client)
    const left = (counts.get(accountId) ?? 1) - 1
    if (left > 0) counts.set(accountId, left)
    else counts.delete(accountId)
  }
  const stop = watchSessions(deps, () => {
    for (const [client, session] of sessions)
      if (!isSessionGood(deps, session)) client.close(policyViolation, 'signed out')
  })
  return {
    enter: (client, session) => {
      const { accountId } = session
      const count = counts.get(accountId) ?? 0
      if (count >= perAccount) return tooManySockets()
      counts.set(accountId, count + 1)
      sessions.set(client, session)
      client.once('close', () => leave(client, accountId))
      return undefined
    },
    stop,
  }
}
