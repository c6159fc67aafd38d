import { badInput, DomainError, type ErrorCode } from '@greenroom/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ApiParts } from '../build-server.ts'
import type { SchemeName } from './security-schemes.ts'
import type { Tag } from './tags.ts'

/** One operation of the REST surface, as the server mounts it and as the document tells it. */
export type Route = Described & {
  /** Of `params`, `query`, `headers` and `body`, the parts that are read. Header names are in lower case, as Node gives them. */
  input: z.ZodObject
  reply: z.ZodType
  /** Finds out who is calling, parses the request, does the work and returns what is sent. Throws refusals as the core does. */
  answer: (parts: ApiParts, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

export type Described = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** As OpenAPI writes it: `/v1/concerts/{concertId}`. */
  path: string
  /** Chapters of the document; the first is its own. */
  tags: readonly [Tag, ...Tag[]]
  /** Unique; what generated clients call the operation. */
  operationId: string
  summary: string
  description?: string
  /** Of a reply that did what was asked; 200 unless said. */
  status?: 200 | 201 | 204
  /** What a caller must show: any one of these sets of the document's security schemes. None: anyone may call. */
  proofs: readonly (readonly SchemeName[])[]
  /** What the operation may refuse with, beyond what every operation may. */
  refuses: readonly ErrorCode[]
  /** Refusals that this operation answers with another status than the product's table says. */
  statuses?: Partial<Record<ErrorCode, number>>
  /** `Cache-Control` of the reply, which then has an ETag too. Without it: `no-store`. */
  cache?: string
  /** The query may come as a JSON body: old clients send it so with a GET. */
  takesBodyAsQuery?: boolean
  /** Shown in the document; a test holds it to the schemas. */
  example: Example
}

type Example = {
  params?: Record<string, string | number>
  query?: Record<string, string | number>
  headers?: Record<string, string>
  body?: unknown
  reply: unknown
}

export type RouteSpec<Call, Input extends z.ZodObject, Reply extends z.ZodType> = Described & {
  input: Input
  reply: Reply
  run: (call: Call, input: z.output<Input>) => Promise<z.input<Reply>>
}

/** Makes a route out of what it says of itself. `open` comes first: who may not call is told so before anything about the input. */
export function makeRoute<Call, Input extends z.ZodObject, Reply extends z.ZodType>(
  spec: RouteSpec<Call, Input, Reply>,
  open: (parts: ApiParts, request: FastifyRequest, reply: FastifyReply) => Call | Promise<Call>,
): Route {
  const { run, ...described } = spec
  return {
    ...described,
    answer: async (parts, request, reply) => {
      const call = await open(parts, request, reply)
      const { params, headers } = request
      // without a body each missing field is named, not the body
      const body = request.body ?? {}
      const query = spec.takesBodyAsQuery === true ? queryWithBody(request) : request.query
      return await run(call, parseRequest(spec.input, { params, query, headers, body }))
    },
  }
}

/** Refuses with BAD_INPUT and where each fault is: `seatIds[0]`, or `idempotency-key` for a header. */
function parseRequest<Schema extends z.ZodType>(schema: Schema, request: unknown): z.output<Schema> {
  const parsed = schema.safeParse(request)
  if (parsed.success) return parsed.data
  const faults = badInput(parsed.error).details.faults.map((fault) => ({
    ...fault,
    path: fault.path.replace(/^(params|query|headers|body)\.?/, ''),
  }))
  throw new DomainError('BAD_INPUT', { faults })
}

function queryWithBody({ query, body }: FastifyRequest): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return isObject ? { ...body, ...Object(query) } : query
}
