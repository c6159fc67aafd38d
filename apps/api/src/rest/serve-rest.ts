import etag from '@fastify/etag'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ApiParts } from '../build-server.ts'
import { sendFailure } from '../failures.ts'
import { contractRoutes } from './contracts/index.ts'
import { serveDocs } from './docs-page.ts'
import { openApiDocument } from './openapi-document.ts'
import type { Route } from './route.ts'
import { v1Routes } from './v1/index.ts'

/** `/v1`, the contracts of the systems this product replaces as far as the settings let them in, and the document of both. */
export async function serveRest(server: FastifyInstance, parts: ApiParts): Promise<void> {
  const contracts = parts.settings.contracts === 'off' ? [] : contractRoutes
  await server.register(async (scope) => {
    await scope.register(etag, { weak: true })
    mountAll(scope, parts, v1Routes)
  })
  await server.register((scope, _options, done) => {
    readAnyBodyAsJson(scope)
    mountAll(scope, parts, contracts)
    done()
  })
  await serveDocs(server, openApiDocument([...v1Routes, ...contracts], parts.settings))
}

function mountAll(server: FastifyInstance, parts: ApiParts, routes: readonly Route[]): void {
  for (const route of routes) mount(server, parts, route)
}

function mount(server: FastifyInstance, parts: ApiParts, route: Route): void {
  server.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    errorHandler: (error, request, reply) => {
      void sendFailure(request, reply, error, parts.deps.log, route.statuses)
    },
    handler: async (request, reply) => {
      const answer = await route.answer(parts, request, reply)
      return sendReply(
        reply.header('cache-control', route.cache ?? 'no-store').status(route.status ?? 200),
        answer,
      )
    },
  })
}

/** `null` and texts are JSON here too, not an empty or a plain body. */
function sendReply(reply: FastifyReply, answer: unknown): FastifyReply {
  if (answer === undefined) return reply.send()
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
}

/** The old clients send JSON under whatever type their library chose, and some with a GET. */
function readAnyBodyAsJson(server: FastifyInstance): void {
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  server.removeAllContentTypeParsers()
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parseJson(request, String(body), done)
  })
}
