import { sessionCookieName, sessionLifeMs } from '@greenroom/core'
import { type AppRouter, appRouter, type Context } from '@greenroom/router'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiParts } from './build-server.ts'
import { readRequestCaller } from './caller.ts'

/** A page loads with about six calls at once; a batch of hundreds is somebody else's program. */
const maxBatchSize = 20

/** tRPC over HTTP, batched, at `/trpc`. */
export async function serveTrpcHttp(server: FastifyInstance, parts: ApiParts): Promise<void> {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    maxBatchSize,
    createContext: ({ req, res }) => createContext(parts, req, res),
  }
  await server.register(fastifyTRPCPlugin<AppRouter>, { prefix: '/trpc', trpcOptions })
}

/** Who calls and what the procedures may reach, for every edge that has a request and a reply. */
export function createContext(parts: ApiParts, request: FastifyRequest, reply: FastifyReply): Context {
  const { deps, seatMirror, settings } = parts
  return {
    deps,
    seatMirror,
    session: readRequestCaller(deps, request),
    requestId: request.id,
    setSessionCookie: (token) => {
      const options = {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: settings.publicOrigin.startsWith('https:'),
      } as const
      if (token === null) reply.clearCookie(sessionCookieName, options)
      else reply.setCookie(sessionCookieName, token, { ...options, maxAge: sessionLifeMs / 1_000 })
    },
  }
}
