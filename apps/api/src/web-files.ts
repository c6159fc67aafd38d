import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { DomainError } from '@greenroom/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ApiSettings } from './env.ts'

const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Paths that are never a page: an unknown one below them is a 404 in JSON, not the app. */
const programPaths = /^\/(trpc|v1|api|geometry|assets|admin\/queues|metrics|healthz|readyz)(\/|$)/
/** The contracts' own, which are none either where the contracts are off. */
const contractPaths =
  /^\/((token|balance|booking|payment|users|customers)(\/.*)?|concerts(\/[^/]+\/available-(date|seats))?)\/?$/

/** The built web client: hashed assets for ever, every other path the page itself, which routes in the browser. */
export async function serveWeb(server: FastifyInstance, settings: ApiSettings): Promise<void> {
  server.get('/config.json', (request) => ({
    gatewayUrl: settings.gatewayOrigin ?? `http://${request.hostname}:${settings.gatewayPort}`,
  }))
  if (existsSync(webRoot)) {
    await server.register(fastifyStatic, {
      root: webRoot,
      index: false,
      // the web build leaves a .br and a .gz beside each text
      preCompressed: true,
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/')
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  server.get('/', (_request, reply) => sendPage(reply))
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const isProgram = programPaths.test(path) || contractPaths.test(path)
    const isPage = request.method === 'GET' && !isProgram && extname(path) === ''
    if (!isPage) throw new DomainError('NOT_FOUND', { what: 'route' })
    return await sendPage(reply)
  })
}

async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
  if (!existsSync(webRoot)) throw new DomainError('NOT_FOUND', { what: 'route' })
  const page = await readFile(join(webRoot, 'index.html'))
  return reply.header('cache-control', 'no-cache').type('text/html').send(page)
}
