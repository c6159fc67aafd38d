import { createHmac } from 'node:crypto'

/** What api, gateway and worker log in as. Migrating makes it: packages/core/src/platform/app-login.ts. */
const appLogin = 'greenroom_app'

/**
 * Where the processes reach the database whose owner logs in at `ownerUrl`: as a login that owns nothing. Its password follows
 * from the owner's, so that it need not be kept anywhere, and the owner's does not follow from it. What is such a URL stays.
 */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  if (url.username === appLogin) return ownerUrl
  url.username = appLogin
  if (url.password !== '')
    url.password = createHmac('sha256', decodeURIComponent(url.password)).update(appLogin).digest('base64url')
  return url.href
}
