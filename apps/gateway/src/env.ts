import {
  type CoreSettings,
  originSetting,
  readCoreSettings,
  readPublicOrigin,
  readSettings,
  requireProxySaid,
} from '@greenroom/core'
import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** The name or address to listen on. */
  LISTEN_HOST: z.string().default('0.0.0.0'),
  GATEWAY_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The page's origin: the one that may open sockets with a cookie. */
  PUBLIC_ORIGIN: originSetting.optional(),
  DEPLOYMENT: z.enum(['demo', 'production']).default('demo'),
  /** Read by the core; here it is asked whether it was said. */
  TRUST_PROXY: z.string().optional(),
  /** Sockets one gateway takes; 10 to 14 KiB each. Start another gateway rather than raising it far. */
  GATEWAY_MAX_SOCKETS: z.coerce.number().int().min(1).default(20_000),
  /** One person's tabs and devices. */
  GATEWAY_MAX_SOCKETS_PER_ACCOUNT: z.coerce.number().int().min(1).default(20),
  /** How long a request may take to come, from its first byte to its last. */
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(300_000).default(20_000),
  /** A watch outlives its pass by at most this, when the line does not say sooner that the pass ended. */
  GATEWAY_RECHECK_EVERY_MS: z.coerce.number().int().min(100).default(5_000),
})

export type GatewaySettings = Pick<CoreSettings, 'trustProxy' | 'maxSocketsPerAddress'> & {
  host: string
  port: number
  publicOrigin: string
  maxSockets: number
  maxSocketsPerAccount: number
  recheckEveryMs: number
  requestTimeoutMs: number
}

/** Read once at start; a missing or wrong variable stops the process with its name. */
export function readGatewaySettings(env: NodeJS.ProcessEnv = process.env): GatewaySettings & CoreSettings {
  const parsed = readSettings(schema, env)
  const publicOrigin = readPublicOrigin(parsed)
  requireProxySaid(parsed)
  return {
    ...readCoreSettings(env),
    // one server listens on one address, and every browser tries this one for localhost
    host: parsed.LISTEN_HOST === 'localhost' ? '127.0.0.1' : parsed.LISTEN_HOST,
    port: parsed.GATEWAY_PORT ?? parsed.PORT + 1,
    publicOrigin,
    maxSockets: parsed.GATEWAY_MAX_SOCKETS,
    maxSocketsPerAccount: parsed.GATEWAY_MAX_SOCKETS_PER_ACCOUNT,
    requestTimeoutMs: parsed.REQUEST_TIMEOUT_MS,
    recheckEveryMs: parsed.GATEWAY_RECHECK_EVERY_MS,
  }
}
