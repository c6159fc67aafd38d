import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiParts } from '../build-server.ts'
import { sendFailure } from '../failures.ts'
import { guardAll, routeGuards } from '../route-guards.ts'
import { contractRoutes } from './contracts/index.ts'
import { serveDocs } from './docs-page.ts'
import { sendTagged } from './entity-tag.ts'
import { openApiDocument } from './openapi-document.ts'
import { openJsonReader, readTextOfGet, type ReadJson } from './read-body.ts'
import type { Route } from './route.ts'
import { v1Routes } from './v1/index.ts'

/** `/v1`, the contracts of the systems this product replaces as far as the settings let them in, and the document of both. */
export async function serveRest(server: FastifyInstance, parts: ApiParts): Promise<void> {
  const contracts = parts.settings.contracts === 'off' ? [] : contractRoutes
  await server.register((scope, _options, done) => {
    guardAll(scope, routeGuards.byProcedure)
    mountAll(scope, parts, v1Routes, readBodies(scope, 'application/json'))
    done()
  })
  await server.register((scope, _options, done) => {
    guardAll(scope, routeGuards.byPartner)
    // the old clients send JSON under whatever type their library chose
    scope.addHook('onRequest', (request, _reply, next) => {
      delete request.raw.headers['content-type']
      next()
    })
    mountAll(scope, parts, contracts, readBodies(scope, '*'))
    done()
  })
  await server.register(async (scope) => {
    guardAll(scope, routeGuards.open)
    await serveDocs(scope, openApiDocument([...v1Routes, ...contracts], parts.settings))
  })
}

function mountAll(
  server: FastifyInstance,
  parts: ApiParts,
  routes: readonly Route[],
  readJson: ReadJson,
): void {
  for (const route of routes) mount(server, parts, route, readJson)
}

function mount(server: FastifyInstance, parts: ApiParts, route: Route, readJson: ReadJson): void {
  server.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    errorHandler: (error, request, reply) => {
      void sendFailure(request, reply, error, parts.deps.log, route.statuses)
    },
    // before the call counts as under way: who sends a body slowly is not worked for
    preValidation: async (request) => {
      if (route.takesBodyAsQuery === true)
        request.body = await readJson(request, await readTextOfGet(request))
    },
    handler: async (request, reply) => {
      const answer = await route.answer(parts, request, reply)
      return sendReply(route, request, reply, answer)
    },
  })
}

/** `null` and texts are JSON here too, not an empty or a plain body. What may be cached has an ETag, and is not sent twice. */
function sendReply(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): FastifyReply {
  void reply.header('cache-control', route.cache ?? 'no-store').status(route.status ?? 200)
  if (answer === undefined) return reply.send()
  const text = JSON.stringify(answer)
  void reply.type('application/json; charset=utf-8')
  return route.cache === undefined ? reply.send(text) : sendTagged(request, reply, text)
}

function readBodies(server: FastifyInstance, type: string): ReadJson {
  const readJson = openJsonReader(server)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    type,
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => await readJson(request, body),
  )
  return readJson
}
