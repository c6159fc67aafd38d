import { type CoreSettings, readCoreSettings } from '@greenroom/core'
import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  GATEWAY_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Where browsers find this server; also the one origin that may call it with a cookie. */
  PUBLIC_ORIGIN: z.url().optional(),
  /** Where browsers find the gateway, when that is not this host at GATEWAY_PORT. */
  GATEWAY_ORIGIN: z.url().optional(),
})

export type ApiSettings = CoreSettings & {
  port: number
  gatewayPort: number
  publicOrigin: string
  /** `null`: the page's own host at `gatewayPort`. */
  gatewayOrigin: string | null
}

/** Read once at start; a missing or wrong variable stops the process with its name. */
export function readApiSettings(env: NodeJS.ProcessEnv = process.env): ApiSettings {
  const parsed = schema.parse(env)
  return {
    ...readCoreSettings(env),
    port: parsed.PORT,
    gatewayPort: parsed.GATEWAY_PORT ?? parsed.PORT + 1,
    publicOrigin: parsed.PUBLIC_ORIGIN ?? `http://localhost:${parsed.PORT}`,
    gatewayOrigin: parsed.GATEWAY_ORIGIN ?? null,
  }
}
