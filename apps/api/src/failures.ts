import { DomainError, type ErrorCode, isRefusal, toWireError, type WireError } from '@greenroom/contract'
import { outageOf } from '@greenroom/core'
import { toDomainError } from '@greenroom/router'
import { TRPCError } from '@trpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { httpStatus } from './http-status.ts'

/** The HTTP edge: every failure outside tRPC leaves as `{error: {code, message, details}}`. */
export function answerFailures(server: FastifyInstance, log: Logger): void {
  server.setErrorHandler((error, request, reply) => sendFailure(request, reply, error, log))
}

/** Sends a failure; `statuses` replaces the product's status of some codes. Says when to come back where the refusal does. */
export function sendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  log: Logger,
  statuses: Partial<Record<ErrorCode, number>> = {},
): FastifyReply {
  const { status, body } = answerOf(error, log, request)
  const { code, details } = body.error
  // without it a 404 or 410 is a browser's to keep
  void reply.header('cache-control', 'no-store')
  if ('retryAfterMs' in details) void reply.header('retry-after', Math.ceil(details.retryAfterMs / 1_000))
  return reply.status(statuses[code] ?? status).send(body)
}

/** A failure as status and body. What we did not plan is logged, and says a request id and nothing else. */
function answerOf(
  error: unknown,
  log: Logger,
  request: { id: string; method: string; routeOptions: { url?: string | undefined } },
): { status: number; body: { error: WireError } } {
  const refusal = refusalOf(error, request.id)
  if (refusal.code === 'INTERNAL')
    // the route and not the address: what stands in that is a caller's, such as whom an operator looks for
    log.error(
      { err: error, requestId: request.id, route: `${request.method} ${request.routeOptions.url}` },
      'request failed',
    )
  return { status: httpStatus[refusal.code], body: { error: toWireError(refusal) } }
}

function refusalOf(error: unknown, requestId: string): DomainError {
  if (isRefusal(error)) return error
  if (error instanceof TRPCError) return toDomainError(error, requestId)
  const ours = outageOf(error) ?? new DomainError('INTERNAL', { requestId })
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return ours
  // Fastify's own refusals (a body too large, not JSON, ...) carry a status and a text made for the caller
  const isCallersFault = error.statusCode >= 400 && error.statusCode < 500
  return isCallersFault
    ? new DomainError('BAD_INPUT', { faults: [{ path: '', message: error.message }] })
    : ours
}
