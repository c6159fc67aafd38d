import type { Context, trpc } from '@greenroom/router'
import {
  type AnyTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  type TRPCRouterRecord,
} from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import { getHTTPStatusCode } from '@trpc/server/http'
import type { TRPCResponse } from '@trpc/server/rpc'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pickEncoding } from '../content-encoding.ts'
import { createCompressor, isWorthCompressing } from './compress-answers.ts'
import { procedureRunner } from './run-procedure.ts'
import { readSingleCall, type SingleCall } from './read-single-call.ts'

/** What the stock adapter is given, as far as it is used here: what is not in this list, single calls do not do. */
export type TrpcHttpOptions = {
  router: ReturnType<typeof trpc.router>
  maxBatchSize: number
  createContext: (options: { req: FastifyRequest; res: FastifyReply }) => Context
  responseMeta: (about: { errors: TRPCError[] }) => { headers: Record<string, string> }
}

type Target = {
  options: TrpcHttpOptions
  path: string
  procedure: AnyTRPCProcedure
  run: ReturnType<typeof procedureRunner>
}
type Answer = { status: number; body: string }

/**
 * A route of its own for each query and mutation of the router, in a scope where the stock adapter is mounted as well. It
 * answers single JSON calls byte for byte as the stock adapter does, without the `Request`, `Response`, streams and abort
 * signals which that makes for every call, and hands it all others. Procedures get no `signal`, as over REST. Long answers are
 * compressed for those who take it, which the stock adapter does not do.
 */
export function serveSingleCalls(scope: FastifyInstance, options: TrpcHttpOptions): void {
  const { _config: config } = options.router._def
  const procedures: TRPCRouterRecord = options.router._def.procedures
  const deserialize = (input: unknown): unknown => config.transformer.input.deserialize(input)
  const compress = createCompressor()
  for (const [path, procedure] of Object.entries(procedures)) {
    if (typeof procedure !== 'function' || procedure._def.type === 'subscription') continue
    const target: Target = { options, path, procedure, run: procedureRunner(procedure) }
    scope.route({
      method: procedure._def.type === 'query' ? 'GET' : 'POST',
      url: `/${path}`,
      // HEAD is the stock adapter's, which answers it without a call
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const call = readSingleCall(request, deserialize)
        if (call === undefined) return fastifyRequestHandler({ ...options, req: request, res: reply, path })
        const { status, body } = await answerCall(target, call, request, reply)
        void reply.code(status).headers(answerHeaders).serializer(asIs)
        if (!isWorthCompressing(body)) return body
        void reply.header('vary', `${answerHeaders.vary}, accept-encoding`)
        if (pickEncoding(request.headers['accept-encoding'], ['gzip']) === undefined) return body
        void reply.header('content-encoding', 'gzip')
        return await compress(body)
      },
    })
  }
}

const answerHeaders = { vary: 'trpc-accept, accept', 'content-type': 'application/json' }

/** Texts are sent as they are: left to itself, Fastify would add a charset to their type. */
const asIs = (body: unknown): string => String(body)

async function answerCall(
  target: Target,
  call: SingleCall,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer> {
  const { options, path, procedure, run } = target
  const { _config: config } = options.router._def
  const { type } = procedure._def
  const serialize = (value: unknown): unknown => config.transformer.output.serialize(value)
  let ctx: Context | undefined
  const refuse = (cause: unknown, about: { path: string | undefined; input: unknown }): TRPCResponse => {
    const error = getTRPCErrorFromUnknown(cause)
    void reply.headers(options.responseMeta({ errors: [error] }).headers)
    return { error: getTRPCErrorShape({ config, error, type, ctx, ...about }) }
  }
  const decide = async (): Promise<TRPCResponse> => {
    try {
      ctx = options.createContext({ req: request, res: reply })
      const { readInput: getRawInput } = call
      const data: unknown = await run({ path, type, ctx, getRawInput })
      if (call.isBatch) refuseStream(data)
      return { result: { data } }
    } catch (cause) {
      return refuse(cause, { path, input: call.inputSoFar() })
    }
  }
  const write = (response: TRPCResponse, isBatch: boolean): Answer => {
    const wire =
      'error' in response
        ? { error: serialize(response.error) }
        : { result: { data: serialize(response.result.data) } }
    return { status: getHTTPStatusCode(response), body: JSON.stringify(isBatch ? [wire] : wire) }
  }
  try {
    const response = await decide()
    if (!call.isBatch && 'result' in response) refuseStream(response.result.data)
    return write(response, call.isBatch)
  } catch (cause) {
    // what fails after the call (a result that is no JSON) is told without the path, and alone also in a batch
    return write(refuse(cause, { path: undefined, input: undefined }), false)
  }
}

/** A result that is a stream, or has one or a promise at its top, is for links that stream. */
function refuseStream(data: unknown): void {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return
  if (Symbol.asyncIterator in data || Object.values(data).some(isAsync)) {
    throw new TRPCError({
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'a stream needs a link that streams',
    })
  }
}

function isAsync(value: unknown): boolean {
  if (value === null || Array.isArray(value)) return false
  if (typeof value !== 'object' && typeof value !== 'function') return false
  if (typeof value === 'object' && Symbol.asyncIterator in value) return true
  return ['then', 'catch'].every((method) => typeof Reflect.get(value, method) === 'function')
}
