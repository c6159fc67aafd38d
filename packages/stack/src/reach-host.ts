import { isIPv6 } from 'node:net'

const wildcards = ['0.0.0.0', '::']

/** The name in a URL under which this machine reaches a server that listens on `host`. */
export function reachHost(host: string): string {
  if (wildcards.includes(host)) return 'localhost'
  return isIPv6(host) ? `[${host}]` : host
}
