import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import helmet, { type HelmetOptions } from 'helmet'
import type { ApiSettings } from './env.ts'
import { gatewayHosts } from './gateway-address.ts'

/** Below these are calls of programs: JSON alone, never a document. */
const programPaths = /^\/(trpc|v1)\//
/** The one page that looks through a camera: the gate's, at tickets. */
const cameraPath = /^\/admin\/gate\/?(\?|$)/

/** What no page here asks a browser for. A camera only where tickets are scanned. */
const withoutDevices = 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'
const withCamera = withoutDevices.replace('camera=()', 'camera=(self)')

type Shown = Pick<ApiSettings, 'publicOrigin' | 'gatewayOrigin' | 'gatewayPort' | 'challengeProvider'>

/**
 * For pages: nothing from other hosts, no inline script; the gateway is the one other place a page may connect to, and a challenge
 * provider's page, where one is set up, the one other that it may show in a frame. Calls of
 * programs get fewer and stricter ones, which spares each of them 450 bytes. None depends on the request, so they are made
 * once: helmet's own plugin makes them anew for each, 14 us of a core.
 */
export function setSecurityHeaders(server: FastifyInstance, settings: Shown): void {
  const isHttps = settings.publicOrigin.startsWith('https:')
  const forPages = headersOf(pageOptions(settings, isHttps))
  const forPrograms = headersOf(programOptions(isHttps))
  server.addHook('onRequest', (request, reply, done) => {
    const isProgram = programPaths.test(request.url)
    reply.headers(isProgram ? forPrograms : forPages)
    if (!isProgram) {
      reply.header('permissions-policy', cameraPath.test(request.url) ? withCamera : withoutDevices)
    }
    done()
  })
}

/** Whoever opens such an answer as a document sees a text that can load, run and be framed by nothing. */
function programOptions(isHttps: boolean): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  }
}

function pageOptions(settings: Shown, isHttps: boolean): HelmetOptions {
  const gateways =
    settings.gatewayOrigin === null
      ? gatewayHosts(settings).flatMap((host) =>
          ['http', 'ws'].map((scheme) => `${scheme}://${host}:${settings.gatewayPort}`),
        )
      : [settings.gatewayOrigin, settings.gatewayOrigin.replace(/^http/, 'ws')]
  const widget = settings.challengeProvider?.widgetUrl
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
        ...(widget === undefined ? {} : { frameSrc: [new URL(widget).origin] }),
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
