import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'
import type { ApiSettings } from './env.ts'

type Trust = (address: string, hop: number) => boolean

/** Which hops before us are believed when they say whom they speak for (`X-Forwarded-For`), the nearest first. */
export function trustedProxies({ trustProxy }: Pick<ApiSettings, 'trustProxy'>): Trust | false {
  if (trustProxy === false) return false
  return typeof trustProxy === 'number'
    ? (_address, hop) => hop < trustProxy
    : proxyAddress.compile(trustProxy)
}

/** The address of a request that Fastify did not see, by the rule of its `request.ip`. */
export function addressReader(
  settings: Pick<ApiSettings, 'trustProxy'>,
): (request: IncomingMessage) => string {
  const isTrusted = trustedProxies(settings)
  if (isTrusted === false) return ({ socket }) => socket.remoteAddress ?? ''
  return (request) => (request.socket.remoteAddress === undefined ? '' : proxyAddress(request, isTrusted))
}
