import type { Deps } from '../platform/deps.ts'
import { isBeforePrefix, type Session } from './session.ts'
import { verifySession } from './verify-session.ts'

/** How the session travels in a browser, decided here for every process. */
export type SessionCookie = { name: string; isSecure: boolean }

/** The name over plain http, and over https before there was a prefix. */
export const bareSessionCookieName = 'greenroom_session'

/**
 * Over https the name begins with `__Host-`: a browser keeps such a cookie only when this very host sets it, over https, without a
 * domain and for all paths (RFC 6265bis, 4.1.3.2). So no sibling domain and no plain-http answer can plant a session. Plain
 * http, on a machine of one's own, cannot have it.
 */
export function sessionCookieOf(publicOrigin: string): SessionCookie {
  const isSecure = new URL(publicOrigin).protocol === 'https:'
  return { name: isSecure ? `__Host-${bareSessionCookieName}` : bareSessionCookieName, isSecure }
}

/**
 * The session of a browser's cookies; `undefined` when none of them proves one. Over https a cookie without the prefix counts
 * only where there is none with it, and only with a token that was signed before there was a prefix: nobody is logged out by
 * the change, nothing that is signed since can be planted under that name, and the last of those tokens ends 7 days after it.
 */
export function verifySessionCookie(
  deps: Deps,
  cookie: SessionCookie,
  read: (name: string) => string | undefined,
): Session | undefined {
  const token = read(cookie.name)
  if (token !== undefined || !cookie.isSecure)
    return token === undefined ? undefined : verifySession(deps, token)
  const bare = read(bareSessionCookieName)
  return bare !== undefined && isBeforePrefix(deps.keys, bare) ? verifySession(deps, bare) : undefined
}
