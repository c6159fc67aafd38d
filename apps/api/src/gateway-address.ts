import type { ApiSettings } from './env.ts'

type WhereGatewayIs = Pick<ApiSettings, 'gatewayOrigin' | 'gatewayPort' | 'publicOrigin'>

/**
 * Where pages find the gateway: its own origin, which production must name. Without one it is a port of the host that the page
 * came from, as far as that is a name of ours; of any other name the caller may have made up every letter, so none of it is repeated.
 */
export function gatewayUrlFor(settings: WhereGatewayIs, host: string): string {
  const { gatewayOrigin, gatewayPort, publicOrigin } = settings
  if (gatewayOrigin !== null) return gatewayOrigin
  const known = gatewayHosts(settings).includes(host) ? host : new URL(publicOrigin).hostname
  return `http://${known}:${gatewayPort}`
}

/** The host of the pages, and the two names of this machine that a person types. */
export function gatewayHosts({ publicOrigin }: Pick<ApiSettings, 'publicOrigin'>): string[] {
  return [...new Set(['localhost', '127.0.0.1', new URL(publicOrigin).hostname])]
}
