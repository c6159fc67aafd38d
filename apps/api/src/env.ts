import { BlockList, isIP } from 'node:net'
import { type ConcertId, concertId } from '@greenroom/contract'
import {
  type CoreSettings,
  originSetting,
  readCoreSettings,
  readPublicOrigin,
  readSettings,
  requireProxySaid,
} from '@greenroom/core'
import { z } from 'zod'

/**
 * Who may use the REST contracts of the services this product replaces, which name the user in the path or body:
 * `open` everybody who reaches this server, `keys` whoever sends a partner key, `off` nobody.
 */
const contracts = z.enum(['open', 'keys', 'off'])

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** The name or address to listen on. */
  LISTEN_HOST: z.string().default('0.0.0.0'),
  GATEWAY_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Where browsers find this server; also the one origin that may call it with a cookie. */
  PUBLIC_ORIGIN: originSetting.optional(),
  /** Where browsers find the gateway; this host at GATEWAY_PORT when nothing is said, which production does not allow. */
  GATEWAY_ORIGIN: originSetting.optional(),
  CONTRACTS: contracts.default('keys'),
  /** The concert of those contracts whose requests name none. */
  REST_DEFAULT_CONCERT_ID: z.coerce.number().pipe(concertId).default(concertId.parse(1)),
  /** How long a request may take to come, from its first byte to its last. */
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(300_000).default(20_000),
  /** `production` where real fans buy: nothing that a demo takes lightly is taken lightly there. */
  DEPLOYMENT: z.enum(['demo', 'production']).default('demo'),
  /** Read by the core; here it is asked whether it was said. */
  TRUST_PROXY: z.string().optional(),
})

export type ApiSettings = CoreSettings & {
  port: number
  host: string
  gatewayPort: number
  publicOrigin: string
  /** `null`: the page's own host at `gatewayPort`. */
  gatewayOrigin: string | null
  contracts: z.infer<typeof contracts>
  restDefaultConcertId: ConcertId
  requestTimeoutMs: number
}

/**
 * Read once at start; a missing or wrong variable stops the process with its name. So do contracts that are open where
 * the world could reach them: whoever reaches an open contract acts as any user.
 */
export function readApiSettings(env: NodeJS.ProcessEnv = process.env): ApiSettings {
  const parsed = readSettings(schema, env)
  if (parsed.CONTRACTS === 'open') refuseOpenContracts(parsed)
  const publicOrigin = readPublicOrigin(parsed)
  const gatewayOrigin = readGatewayOrigin(parsed)
  requireProxySaid(parsed)
  return {
    ...readCoreSettings(env),
    port: parsed.PORT,
    host: parsed.LISTEN_HOST,
    gatewayPort: parsed.GATEWAY_PORT ?? parsed.PORT + 1,
    publicOrigin,
    gatewayOrigin,
    contracts: parsed.CONTRACTS,
    restDefaultConcertId: parsed.REST_DEFAULT_CONCERT_ID,
    requestTimeoutMs: parsed.REQUEST_TIMEOUT_MS,
  }
}

/** In production it is named: else a page would be told the name that it was asked for by, at a port without https. */
function readGatewayOrigin(settings: {
  DEPLOYMENT: string
  GATEWAY_ORIGIN?: string | undefined
}): string | null {
  const { DEPLOYMENT, GATEWAY_ORIGIN } = settings
  if (DEPLOYMENT === 'production' && GATEWAY_ORIGIN?.startsWith('https:') !== true)
    throw new Error('DEPLOYMENT is production, so GATEWAY_ORIGIN must be the https origin of the gateways')
  return GATEWAY_ORIGIN ?? null
}

/** A proxy on this machine makes a loopback LISTEN_HOST reachable, and its PUBLIC_ORIGIN tells of it. */
function refuseOpenContracts(settings: {
  DEPLOYMENT: string
  LISTEN_HOST: string
  PUBLIC_ORIGIN?: string | undefined
}): void {
  const { DEPLOYMENT, LISTEN_HOST, PUBLIC_ORIGIN } = settings
  const fault =
    DEPLOYMENT === 'production'
      ? 'DEPLOYMENT is production'
      : !isLoopback(LISTEN_HOST)
        ? `LISTEN_HOST is ${LISTEN_HOST}, which is not loopback`
        : PUBLIC_ORIGIN !== undefined && !isLoopback(new URL(PUBLIC_ORIGIN).hostname)
          ? `PUBLIC_ORIGIN is ${PUBLIC_ORIGIN}, which is not loopback`
          : undefined
  if (fault === undefined) return
  throw new Error(`CONTRACTS is open while ${fault}: set CONTRACTS=keys (partners) or CONTRACTS=off`)
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** An address that only this machine reaches; of names `localhost` alone (RFC 6761), since others are looked up. */
function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  const version = isIP(address)
  if (version === 0) return address.toLowerCase() === 'localhost'
  return loopback.check(address, version === 6 ? 'ipv6' : 'ipv4')
}
