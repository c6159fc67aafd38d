import type { Deps } from '../platform/deps.ts'
import { createEndedSessions, type EndedSessions } from './ended-sessions.ts'
import { readRevokedSince } from './sessions-store.ts'

/** How old another process's sign-out may be before this one knows, plus one query. */
const pollEveryMs = 500

/** Longer than any transaction lives (15 s), so that a revocation committed late is still read. */
const overlapMs = 30_000

type Revocations = {
  ended: EndedSessions
  /** The database's clock at the last poll, and this process's monotonic clock at the same moment. */
  databaseMs: number
  polledAtMs: number
}

const started = new WeakMap<Deps, Revocations>()
const watchers = new WeakMap<Deps, Set<() => void>>()

/**
 * Reads which sessions are revoked, then keeps reading; resolves when the first read is done, because a process that
 * does not know yet must not answer. It asks on a connection of its own, so that a crowd that waits for all others holds up no
 * sign-out. Only sessions that would otherwise be good are kept in memory, a bit each. While Postgres is away the last knowledge
 * stands, and what was missed is read when it is back. Call the result to stop.
 */
export async function startSessionRevocations(deps: Deps): Promise<() => void> {
  const revocations: Revocations = { ended: createEndedSessions(), databaseMs: 0, polledAtMs: 0 }
  await poll(deps, revocations)
  started.set(deps, revocations)
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const pollLater = (): void => {
    timer = setTimeout(() => {
      poll(deps, revocations)
        .catch((error: unknown) => deps.log.warn({ err: error }, 'revoked sessions were not read'))
        .finally(() => {
          if (isStopped) return
          for (const look of watchers.get(deps) ?? []) look()
          pollLater()
        })
    }, pollEveryMs).unref()
  }
  pollLater()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/**
 * Calls `look` each time that this process has asked which sessions ended, so that what stays open for as long as a session is
 * closed right then: within half a second and a query of the sign-out, wherever that was. Call the result to stop.
 */
export function watchSessions(deps: Deps, look: () => void): () => void {
  const known = watchers.get(deps) ?? new Set()
  watchers.set(deps, known.add(look))
  return () => known.delete(look)
}

/** This process knows at once; the others read it from Postgres. */
export function noteRevoked(deps: Deps, sessionId: number, expiresAtMs: number): void {
  started.get(deps)?.ended.add(sessionId, expiresAtMs)
}

/** Neither expired, by the database's clock as last read, nor revoked. */
export function isSessionGood(deps: Deps, session: { sessionId: number; expiresAtMs: number }): boolean {
  const revocations = revocationsOf(deps)
  const nowMs = databaseNowMs(deps)
  return session.expiresAtMs > nowMs && !revocations.ended.has(session.sessionId)
}

/** The database's clock as last read, gone on since then. */
export function databaseNowMs(deps: Deps): number {
  const { databaseMs, polledAtMs } = revocationsOf(deps)
  return databaseMs + performance.now() - polledAtMs
}

function revocationsOf(deps: Deps): Revocations {
  const revocations = started.get(deps)
  if (revocations === undefined) throw new Error('startSessionRevocations was not called')
  return revocations
}

async function poll(deps: Deps, revocations: Revocations): Promise<void> {
  const askedAtMs = performance.now()
  const { nowMs, revoked } = await readRevokedSince(deps.db, Math.max(0, revocations.databaseMs - overlapMs))
  revocations.databaseMs = nowMs
  revocations.polledAtMs = askedAtMs
  for (const { sessionIds, lastExpiresAtMs } of revoked)
    for (const sessionId of sessionIds) revocations.ended.add(sessionId, lastExpiresAtMs)
  revocations.ended.forget(nowMs)
}
