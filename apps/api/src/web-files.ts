import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DomainError } from '@greenroom/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pickEncoding } from './content-encoding.ts'
import type { ApiSettings } from './env.ts'
import { readWebFiles, type WebFile } from './read-web-files.ts'
import { namesTag } from './rest/entity-tag.ts'

const builtPages = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Paths that are never a page: an unknown one below them is a 404 in JSON, not the app. */
const programPaths = /^\/(trpc|v1|api|geometry|assets|admin\/queues|metrics|healthz|readyz)(\/|$)/
/** The contracts' own, which are none either where the contracts are off. */
const contractPaths =
  /^\/((token|balance|booking|payment|users|customers)(\/.*)?|concerts(\/[^/]+\/available-(date|seats))?)\/?$/
/** The page that everybody loads at once is a small document of its own. */
const linePath = /^\/concerts\/[^/]+\/line\/?$/

/**
 * The built web client, from memory: hashed assets for ever, every other path one of two pages. The line has its own, the
 * other one routes in the browser. Nothing is read or compressed for a request.
 */
export function serveWeb(
  server: FastifyInstance,
  settings: Pick<ApiSettings, 'gatewayOrigin' | 'gatewayPort'>,
  root: string = builtPages,
): void {
  server.get('/config.json', (request) => ({
    gatewayUrl: settings.gatewayOrigin ?? `http://${request.hostname}:${settings.gatewayPort}`,
  }))
  const files = readWebFiles(root)
  for (const [path, file] of files) server.get(path, (request, reply) => sendFile(request, reply, file))
  server.get('/', (request, reply) => sendFile(request, reply, files.get('/index.html')))
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const isProgram = programPaths.test(path) || contractPaths.test(path)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || isProgram || extname(path) !== '') throw new DomainError('NOT_FOUND', { what: 'route' })
    return sendFile(request, reply, files.get(linePath.test(path) ? '/line.html' : '/index.html'))
  })
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile | undefined): FastifyReply {
  if (file === undefined) throw new DomainError('NOT_FOUND', { what: 'route' })
  // the policy is that of the page which loads the file: half a kB less, three times a first visit
  if (file.isHashed) reply.removeHeader('content-security-policy')
  void reply
    .type(file.type)
    .header('etag', file.tag)
    .header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
  if (namesTag(request.headers['if-none-match'], file.tag)) return reply.status(304).send()
  const encoding = pickEncoding(request.headers['accept-encoding'])
  const twin = encoding && file.compressed[encoding]
  if (encoding === undefined || twin === undefined) return reply.send(file.bytes)
  return reply.header('content-encoding', encoding).send(twin)
}
