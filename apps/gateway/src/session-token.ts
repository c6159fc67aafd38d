import { sessionCookieName } from '@greenroom/core'

const sessionCookie = new RegExp(`(?:^|;\\s*)${sessionCookieName}=([^;]+)`)

/** The session's token in a page's cookies; as it is, since a token has no character that a cookie would have to escape. */
export function tokenOfCookie(cookie: string | undefined): string | undefined {
  return sessionCookie.exec(cookie ?? '')?.[1]
}

/** The same in what a program sends along. */
export function tokenOfBearer(authorization: string | undefined): string | undefined {
  return authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined
}
