import { type Deps, type Session, sessionCookieOf, verifySessionCookie } from '@greenroom/core'
import type { GatewaySettings } from './env.ts'

/** Whose session a page's cookies prove. Values are taken as they are, since a token has no character that a cookie would have to escape. */
export function sessionOfCookies(
  deps: Deps,
  { publicOrigin }: Pick<GatewaySettings, 'publicOrigin'>,
  cookies: string | undefined,
): Session | undefined {
  return verifySessionCookie(deps, sessionCookieOf(publicOrigin), (name) => readCookie(cookies, name))
}

function readCookie(cookies: string | undefined, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([^;]+)`).exec(cookies ?? '')?.[1]
}

/** The token that a program sends along. */
export function tokenOfBearer(authorization: string | undefined): string | undefined {
  return authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined
}
