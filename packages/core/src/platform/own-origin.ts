/** The two names of this machine that a person types; a page under one is the same page under the other. */
const loopbackNames = ['localhost', '127.0.0.1']

/**
 * Whether a browser page at `origin` may act here with its cookie. Browsers send Origin with every WebSocket and with
 * every request that could do harm, so none means: no browser, and no cookie that somebody else's page could use.
 */
export function isOwnOrigin(publicOrigin: string, origin: string | undefined): boolean {
  if (origin === undefined || origin === publicOrigin) return true
  if (!URL.canParse(origin)) return false
  const [ours, theirs] = [new URL(publicOrigin), new URL(origin)]
  return (
    loopbackNames.includes(ours.hostname) &&
    loopbackNames.includes(theirs.hostname) &&
    ours.protocol === theirs.protocol &&
    ours.port === theirs.port
  )
}
