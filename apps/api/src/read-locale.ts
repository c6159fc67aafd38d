import type { IncomingHttpHeaders } from 'node:http'
import type { Locale } from '@greenroom/contract'

/** What the pages keep when a fan changes the language. */
const chosen = /(?:^|;\s*)greenroom_locale=(ko|en)(?:;|$)/

/**
 * The language a page will tell itself in, as far as a request says: the one chosen before, else the first that the
 * browser names and we speak, else Korean.
 */
export function readLocale(headers: Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>): Locale {
  const kept = chosen.exec(headers.cookie ?? '')?.[1]
  const named = (headers['accept-language'] ?? '')
    .split(',')
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find((each) => each === 'ko' || each === 'en')
  return (kept ?? named) === 'en' ? 'en' : 'ko'
}
