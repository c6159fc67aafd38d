import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { ApiSettings } from './env.ts'

/** Nothing from other hosts, no inline script; the gateway is the one other place a page may connect to. */
export async function setSecurityHeaders(server: FastifyInstance, settings: ApiSettings): Promise<void> {
  const gateways =
    settings.gatewayOrigin === null
      ? [
          `http://localhost:${settings.gatewayPort}`,
          `ws://localhost:${settings.gatewayPort}`,
          `http://127.0.0.1:${settings.gatewayPort}`,
          `ws://127.0.0.1:${settings.gatewayPort}`,
        ]
      : [settings.gatewayOrigin, settings.gatewayOrigin.replace(/^http/, 'ws')]
  const isHttps = settings.publicOrigin.startsWith('https:')
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", ...gateways],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
  })
}
