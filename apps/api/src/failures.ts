import { DomainError, isRefusal, toWireError } from '@greenroom/contract'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { httpStatus } from './http-status.ts'

/** The HTTP edge: every failure outside tRPC leaves as `{error: {code, message, details}}`. What we did not plan says a request id and nothing else. */
export function answerFailures(server: FastifyInstance, log: Logger): void {
  server.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
    const refusal = refusalOf(error, request.id)
    if (refusal.code === 'INTERNAL')
      log.error({ err: error, requestId: request.id, url: request.url }, 'request failed')
    return reply.status(httpStatus[refusal.code]).send({ error: toWireError(refusal) })
  })
}

function refusalOf(error: FastifyError | DomainError, requestId: string): DomainError {
  if (isRefusal(error)) return error
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500)
    return new DomainError('BAD_INPUT', { faults: [{ path: '', message: error.message }] })
  return new DomainError('INTERNAL', { requestId })
}
