import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import type { ApiSettings } from './env.ts'

/**
 * Nothing from other hosts, no inline script; the gateway is the one other place a page may connect to. The same headers go
 * with every answer, so they are made once: helmet's own plugin makes them anew for each request, 14 us of a core.
 */
export function setSecurityHeaders(server: FastifyInstance, settings: ApiSettings): void {
  const headers = headersOf(helmetOptions(settings))
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

function helmetOptions(settings: ApiSettings): HelmetOptions {
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
  return {
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
  }
}

/** What helmet would put on a reply: none of its headers depends on the request. */
function headersOf(options: HelmetOptions): Record<string, string> {
  const request = new IncomingMessage(new Socket())
  const reply = new ServerResponse(request)
  helmet(options)(request, reply, (error) => {
    if (error !== undefined) throw new Error('helmet refused its options', { cause: error })
  })
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
