import type { Deps } from '../platform/deps.ts'
import { readRevokedSince } from './sessions-store.ts'

/** How old another process's sign-out may be before this one knows, plus one query. */
const pollEveryMs = 500

/** Longer than any transaction lives (15 s), so that a revocation committed late is still read. */
const overlapMs = 30_000

type Revocations = {
  expiresAtMsBySession: Map<number, number>
  /** The database's clock at the last poll, and this process's monotonic clock at the same moment. */
  databaseMs: number
  polledAtMs: number
}

const started = new WeakMap<Deps, Revocations>()

/**
 * Reads which sessions are revoked, then keeps reading; resolves when the first read is done, because a process that
 * does not know yet must not answer. Only sessions that would otherwise be good are kept in memory. While Postgres is
 * away the last knowledge stands, and what was missed is read when it is back. Call the result to stop.
 */
export async function startSessionRevocations(deps: Deps): Promise<() => void> {
  const revocations: Revocations = { expiresAtMsBySession: new Map(), databaseMs: 0, polledAtMs: 0 }
  await poll(deps, revocations)
  started.set(deps, revocations)
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const pollLater = (): void => {
    timer = setTimeout(() => {
      poll(deps, revocations)
        .catch((error: unknown) => deps.log.warn({ err: error }, 'revoked sessions were not read'))
        .finally(() => {
          if (!isStopped) pollLater()
        })
    }, pollEveryMs).unref()
  }
  pollLater()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** This process knows at once; the others read it from Postgres. */
export function noteRevoked(deps: Deps, sessionId: number, expiresAtMs: number): void {
  started.get(deps)?.expiresAtMsBySession.set(sessionId, expiresAtMs)
}

/** Neither expired, by the database's clock as last read, nor revoked. */
export function isSessionGood(deps: Deps, session: { sessionId: number; expiresAtMs: number }): boolean {
  const revocations = started.get(deps)
  if (revocations === undefined) throw new Error('startSessionRevocations was not called')
  const nowMs = revocations.databaseMs + performance.now() - revocations.polledAtMs
  return session.expiresAtMs > nowMs && !revocations.expiresAtMsBySession.has(session.sessionId)
}

async function poll(deps: Deps, revocations: Revocations): Promise<void> {
  const askedAtMs = performance.now()
  const { nowMs, revoked } = await readRevokedSince(deps.db, Math.max(0, revocations.databaseMs - overlapMs))
  revocations.databaseMs = nowMs
  revocations.polledAtMs = askedAtMs
  const known = revocations.expiresAtMsBySession
  for (const { sessionId, expiresAtMs } of revoked) known.set(sessionId, expiresAtMs)
  for (const [sessionId, expiresAtMs] of known) if (expiresAtMs <= nowMs) known.delete(sessionId)
}
