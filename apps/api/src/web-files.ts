import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ConcertId, concertId, DomainError, type LocalizedText } from '@greenroom/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pickEncoding } from './content-encoding.ts'
import type { ApiSettings } from './env.ts'
import { gatewayUrlFor } from './gateway-address.ts'
import { limits } from './limits.ts'
import { readLocale } from './read-locale.ts'
import { readWebFiles, type WebFile } from './read-web-files.ts'
import { guardedBy, routeGuards } from './route-guards.ts'
import { namesTag } from './rest/entity-tag.ts'
import { createSeatsDocuments } from './seats-document.ts'

const builtPages = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** Paths that are never a page: an unknown one below them is a 404 in JSON, not the app. */
const programPaths = /^\/(trpc|v1|api|geometry|assets|admin\/queues|metrics|healthz|readyz)(\/|$)/
/** The contracts' own, which are none either where the contracts are off. */
const contractPaths =
  /^\/((token|balance|booking|payment|users|customers)(\/.*)?|concerts(\/[^/]+\/available-(date|seats))?)\/?$/
/** The page that everybody loads at once is a small document of its own. */
const linePath = /^\/concerts\/[^/]+\/line\/?$/
/** The app's own document, with the concert's name in it and this page's files. */
const seatsPath = /^\/concerts\/(\d+)\/shows\/[^/]+\/?$/

type WebParts = {
  settings: Pick<ApiSettings, 'gatewayOrigin' | 'gatewayPort' | 'publicOrigin'>
  /** What a concert is called, from memory alone: pages are counted by nobody. `undefined`: the page asks by itself. */
  recallTitle: (concertId: ConcertId) => LocalizedText | undefined
}

/**
 * The built web client, from memory: hashed assets for ever, every other path a page. The line has its own; the others are one
 * app that routes in the browser, which for seats comes with the concert's name where this process knows it. Nothing is read from
 * disk or asked of Postgres for a request.
 */
export function serveWeb(server: FastifyInstance, parts: WebParts, root: string = builtPages): void {
  const { settings } = parts
  const guard = guardedBy(routeGuards.open)
  server.get('/config.json', guard, (request, reply) => {
    // it differs by the name that was asked for: one that is kept for others would lead them elsewhere
    void reply.header('cache-control', 'no-store').header('vary', 'host')
    return { gatewayUrl: gatewayUrlFor(settings, request.hostname) }
  })
  const files = readWebFiles(root)
  const template = files.get('/seats.html')
  const seatsDocument = template && createSeatsDocuments(template)
  files.delete('/seats.html')
  for (const [path, file] of files)
    server.get(path, guard, (request, reply) => sendFile(request, reply, file))
  server.get('/', guard, (request, reply) => sendFile(request, reply, files.get('/index.html')))
  server.get('/*', guard, (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    // a route would have taken it, but for a name in it that is longer than any
    if (path.length > limits.parameterLength)
      throw new DomainError('BAD_INPUT', { faults: [{ path: '', message: 'the path is too long' }] })
    if (programPaths.test(path) || contractPaths.test(path) || extname(path) !== '')
      throw new DomainError('NOT_FOUND', { what: 'route' })
    const seats = seatsPath.exec(path)
    if (seats !== null && seatsDocument !== undefined) {
      const id = concertId.safeParse(Number(seats[1]))
      const title = id.success ? parts.recallTitle(id.data) : undefined
      void reply.header('vary', 'accept-encoding, accept-language, cookie')
      return sendFile(request, reply, seatsDocument(title, readLocale(request.headers)))
    }
    return sendFile(request, reply, files.get(linePath.test(path) ? '/line.html' : '/index.html'))
  })
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile | undefined): FastifyReply {
  if (file === undefined) throw new DomainError('NOT_FOUND', { what: 'route' })
  // the policy is that of the page which loads the file: half a kB less, three times a first visit. A worker's is its own file's
  if (file.isHashed && !file.isWorker) {
    reply.removeHeader('content-security-policy')
    reply.removeHeader('permissions-policy')
  }
  void reply
    .type(file.type)
    .header('etag', file.tag)
    .header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', reply.getHeader('vary') ?? 'accept-encoding')
  if (namesTag(request.headers['if-none-match'], file.tag)) return reply.status(304).send()
  const encoding = pickEncoding(request.headers['accept-encoding'])
  const twin = encoding && file.compressed[encoding]
  if (encoding === undefined || twin === undefined) return reply.send(file.bytes)
  return reply.header('content-encoding', encoding).send(twin)
}
