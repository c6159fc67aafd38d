import { appRouter, type Context } from '@greenroom/router'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiParts } from './build-server.ts'
import type { Transport } from './call-metrics.ts'
import { readRequestCaller } from './caller.ts'
import { guardAll, routeGuards } from './route-guards.ts'
import { limits } from './limits.ts'
import { readDeviceCookie, writeDeviceCookie, writeSessionCookie } from './session-cookie.ts'
import { retryAfterHeaders } from './trpc/retry-after.ts'
import { serveSingleCalls, type TrpcHttpOptions } from './trpc/single-calls.ts'

/** tRPC over HTTP at `/trpc`. */
export async function serveTrpcHttp(server: FastifyInstance, parts: ApiParts): Promise<void> {
  await mountTrpc(server, '/trpc', trpcHttpOptions(parts))
}

/** A router over HTTP below a prefix: single calls on routes of their own, everything else by the stock adapter. */
export async function mountTrpc(
  server: FastifyInstance,
  prefix: string,
  options: TrpcHttpOptions,
): Promise<void> {
  await server.register(
    (scope, _options, done) => {
      guardAll(scope, routeGuards.byProcedure)
      serveSingleCalls(scope, options)
      // in this scope and not in one of its own, because what it reads bodies with is needed by both
      fastifyTRPCPlugin(scope, { trpcOptions: options }, done)
    },
    { prefix },
  )
}

/** What every way to tRPC over HTTP shares: the router, who calls, and how much at once. */
export function trpcHttpOptions(parts: ApiParts): TrpcHttpOptions {
  return {
    router: appRouter,
    maxBatchSize: limits.batchCalls,
    createContext: ({ req, res }) => createContext(parts, req, res),
    responseMeta: retryAfterHeaders,
  }
}

/** Who calls and what the procedures may reach, for every edge that has a request and a reply. */
export function createContext(
  parts: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  transport: Transport = 'http',
): Context {
  const { deps, seatMirror } = parts
  return {
    deps,
    seatMirror,
    noteCall: noteCallOf(parts, transport, request),
    session: readRequestCaller(deps, request),
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'],
    setSessionCookie: (token) => writeSessionCookie(request, reply, token),
    readDeviceToken: () => readDeviceCookie(request),
    setDeviceCookie: (token) => writeDeviceCookie(request, reply, token),
  }
}

/** What one way of calling tells of each call. */
export function noteCallOf(
  { noteCall }: ApiParts,
  transport: Transport,
  request?: FastifyRequest,
): Context['noteCall'] {
  return noteCall === undefined ? undefined : (call) => noteCall(transport, call, request)
}
