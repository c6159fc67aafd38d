import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddress from '@fastify/proxy-addr'
import { z } from 'zod'

/**
 * Whose word about a caller's address is believed: nobody's (`false`), so many proxies in a row, or proxies at these addresses
 * and networks. Too much trust lets callers choose their address; too little makes all of them one.
 */
export type TrustProxy = false | number | string[]

/** As `TRUST_PROXY` says it. */
export const trustProxy = z
  .string()
  .default('false')
  .transform((text, context): TrustProxy => {
    if (text === 'false') return false
    if (/^[1-9]$/.test(text)) return Number(text)
    const parts = text.split(',').map((part) => part.trim())
    if (parts.every(isAddressOrNetwork)) return parts
    context.addIssue('false, a number of proxies from 1 to 9, or addresses and networks with commas between')
    return z.NEVER
  })

/**
 * In production pages are https and no process of ours speaks TLS, so something stands before api and gateway: what of it is believed
 * must be said then, if only `false`. Left out by mistake all fans would be one address.
 */
export function requireProxySaid(settings: {
  DEPLOYMENT: 'demo' | 'production'
  TRUST_PROXY?: string | undefined
}): void {
  const { DEPLOYMENT, TRUST_PROXY } = settings
  if (DEPLOYMENT === 'production' && TRUST_PROXY === undefined)
    throw new Error(
      'DEPLOYMENT is production, so TRUST_PROXY must say which proxies are believed, if only false',
    )
}

type Trusting = { trustProxy?: TrustProxy }
type Trust = (address: string, hop: number) => boolean

/** Which hops before us are believed when they say whom they speak for (`X-Forwarded-For`), the nearest first; `false`: none is. */
export function trustedProxies({ trustProxy: trusted = false }: Trusting): Trust | false {
  if (trusted === false) return false
  return typeof trusted === 'number' ? (_address, hop) => hop < trusted : proxyAddress.compile(trusted)
}

/** Where a request came from, by the same rule in every process; empty for one whose connection is gone. */
export function addressReader(settings: Trusting): (request: IncomingMessage) => string {
  const isTrusted = trustedProxies(settings)
  if (isTrusted === false) return ({ socket }) => socket.remoteAddress ?? ''
  return (request) => (request.socket.remoteAddress === undefined ? '' : proxyAddress(request, isTrusted))
}

/**
 * What becomes of a request's word of whom it speaks for (`X-Forwarded-For`): `none` was said and none expected; it was `believed`;
 * `ignored`, as nobody trusts who said it; or `missing`, because fewer said it than are trusted.
 */
export type ForwardedWord = 'none' | 'believed' | 'ignored' | 'missing'

/** Tells the two that an installation is to know about: its proxy is not named, or is not what callers come through. */
export function forwardedWordReader(settings: Trusting): (request: IncomingMessage) => ForwardedWord {
  const isTrusted = trustedProxies(settings)
  const expected = typeof settings.trustProxy === 'number' ? settings.trustProxy : 1
  return ({ headers, socket: { remoteAddress } }) => {
    const said = headers['x-forwarded-for']
    // whose connection is gone is nobody's proxy
    if (isTrusted === false || remoteAddress === undefined || !isTrusted(remoteAddress, 0))
      return said === undefined ? 'none' : 'ignored'
    return said !== undefined && String(said).split(',').length >= expected ? 'believed' : 'missing'
  }
}

/** `10.0.0.0/8`, `::1`, or one of the names that proxy-addr has for such networks. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, rest] = text.split('/')
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const version = isIP(address)
  const most = version === 6 ? 128 : 32
  return (
    version !== 0 &&
    rest === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  )
}
