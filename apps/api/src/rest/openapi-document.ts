import { type ErrorCode, errorCodes, errorDetails, exampleOf, toWireError } from '@greenroom/contract'
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import type { ApiSettings } from '../env.ts'
import { httpStatus } from '../http-status.ts'
import { securitySchemes } from './security-schemes.ts'
import type { Route } from './route.ts'
import { tagList } from './tags.ts'

/** Every operation may run into these, whatever it does. */
const anyOperation: readonly ErrorCode[] = ['BAD_INPUT', 'INTERNAL', 'UNAVAILABLE', 'OVERLOADED']
/** What needs a proof may miss it; what changes something is refused to a page of another origin. */
const signedIn: readonly ErrorCode[] = ['SIGN_IN_REQUIRED', 'FORBIDDEN']
const partner: readonly ErrorCode[] = [
  'PARTNER_KEY_REQUIRED',
  'PARTNER_KEY_REFUSED',
  'RATE_LIMITED',
  'FORBIDDEN',
]

type Document = ReturnType<typeof createDocument>

/** The OpenAPI 3.1 document of these routes: made of what the server runs, so the two cannot disagree. */
export function openApiDocument(
  routes: readonly Route[],
  settings: Pick<ApiSettings, 'publicOrigin'>,
): Document {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Greenroom',
      version: '1',
      summary: 'On-sales for concerts: a fair line, a live seat map, timed holds, a wallet, tickets.',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: settings.publicOrigin }],
    tags: tagList.filter(({ name }) => routes.some((route) => route.tags.includes(name))),
    paths: pathsOf(routes),
    components: { securitySchemes },
  })
}

/** All that a route may refuse with, without repeats. */
export function refusalsOf(route: Route): ErrorCode[] {
  const schemes = new Set(route.proofs.flat())
  const bySchemes = [
    ...(schemes.has('session') ? signedIn : []),
    ...(schemes.has('partnerKey') ? partner : []),
  ]
  const byMethod: ErrorCode[] = route.method === 'GET' ? [] : ['FORBIDDEN']
  return [...new Set([...route.refuses, ...bySchemes, ...byMethod, ...anyOperation])]
}

export function statusOf(route: Route, code: ErrorCode): number {
  return route.statuses?.[code] ?? httpStatus[code]
}

function pathsOf(routes: readonly Route[]): Record<string, Record<string, ZodOpenApiOperationObject>> {
  const byPath = Map.groupBy(routes, ({ path }) => path)
  return Object.fromEntries(
    [...byPath].map(([path, group]) => [
      path,
      Object.fromEntries(group.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  )
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { params: path, query, headers: header, body } = route.input.shape
  const { example } = route
  return {
    operationId: route.operationId,
    tags: [...route.tags],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: route.proofs.map((schemes) => Object.fromEntries(schemes.map((name) => [name, []]))),
    requestParams: {
      ...(path instanceof z.ZodObject ? { path } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(header instanceof z.ZodObject ? { header } : {}),
    },
    ...(body instanceof z.ZodType
      ? { requestBody: { required: !body.safeParse(undefined).success, content: jsonOf(body, example.body) } }
      : {}),
    responses: { ...successOf(route), ...refusalResponses(route) },
  }
}

function successOf(route: Route): ZodOpenApiResponsesObject {
  const status = route.status ?? 200
  if (status === 204) return { 204: { description: 'Done; there is nothing to say.' } }
  const headers = route.cache === undefined ? {} : { headers: cacheHeaders }
  return {
    [`${status}`]: { description: 'Done.', ...headers, content: jsonOf(route.reply, route.example.reply) },
    ...(route.cache === undefined ? {} : { 304: { description: 'Nothing has changed since that ETag.' } }),
  }
}

function refusalResponses(route: Route): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(refusalsOf(route), (code) => statusOf(route, code))
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([one], [other]) => one - other)
      .map(([status, codes]) => [`${status}`, refusalResponse(codes)]),
  )
}

function refusalResponse(codes: readonly ErrorCode[]): ZodOpenApiResponseObject {
  const refusals = codes.map((code) => toWireError(exampleOf(code)))
  return {
    description: refusals.map(({ code, message }) => `\`${code}\`: ${message}`).join('\n\n'),
    content: {
      'application/json': {
        schema: z.union(codes.flatMap((code) => refusalSchemas.get(code) ?? [])),
        examples: Object.fromEntries(refusals.map((error) => [error.code, { value: { error } }])),
      },
    },
  }
}

function jsonOf(
  schema: z.ZodType,
  example: unknown,
): { 'application/json': { schema: z.ZodType; example: unknown } } {
  return { 'application/json': { schema, example } }
}

const cacheHeaders = z.object({
  etag: z.string().meta({ description: 'Send it back as `If-None-Match`.' }),
  'cache-control': z.string(),
})

/** One component for each code, shared by all operations that may refuse with it. */
const refusalSchemas = new Map<ErrorCode, z.ZodType>(
  errorCodes.map((code) => [
    code,
    z
      .object({
        error: z.object({ code: z.literal(code), message: z.string(), details: errorDetails[code] }),
      })
      .meta({ id: `Refusal_${code}` }),
  ]),
)

const description = `Amounts are whole minor units of the currency (won for KRW). Instants end in \`Ms\`: milliseconds since 1970 by the
server's clock. Every refusal is \`{"error": {"code", "message", "details"}}\`: switch on \`code\`, show your own words.

A \`POST\` that moves a seat or money takes an \`Idempotency-Key\`: make one for each attempt, send it again with each
repeat, and the first reply comes again. \`503\` and \`429\` say in \`Retry-After\` and \`details.retryAfterMs\` when to come back.

**Buying a ticket by hand**: sign in, join the queue of a concert, read it until \`state\` is \`ACTIVE\`, send its \`pass\` as
\`Queue-Pass\` to see seats and hold some, charge the wallet, pay within the hold's time.`
