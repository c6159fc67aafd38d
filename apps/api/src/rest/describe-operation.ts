import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { refusalResponses } from './refusal-responses.ts'
import type { Route } from './route.ts'

/** What the document says of one route. */
export function describeOperation(route: Route): ZodOpenApiOperationObject {
  const { params, query, headers, body } = route.input.shape
  const { example } = route
  return {
    operationId: route.operationId,
    tags: [...route.tags],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: route.proofs.map((schemes) => Object.fromEntries(schemes.map((name) => [name, []]))),
    requestParams: {
      ...(params === undefined ? {} : { path: parameters(params, example.params) }),
      ...(query === undefined ? {} : { query: parameters(query, example.query) }),
      header: headerParameters(route, headers),
    },
    ...(body instanceof z.ZodType
      ? { requestBody: { required: !body.safeParse(undefined).success, content: jsonOf(body, example.body) } }
      : {}),
    responses: { ...successResponses(route), ...refusalResponses(route) },
  }
}

/** Each field with its example, and what is text on the wire shown as what it spells. */
function parameters(schema: unknown, examples: Record<string, unknown> = {}): z.ZodObject {
  if (!(schema instanceof z.ZodObject)) throw new Error('parameters are the fields of one object')
  return z.object(
    Object.fromEntries(
      Object.entries(schema.shape).map(([name, field]) => [name, withExample(field, examples[name])]),
    ),
  )
}

function withExample(field: z.core.$ZodType, example: unknown): z.ZodType {
  if (!(field instanceof z.ZodType)) throw new Error('a parameter is described by zod alone')
  return field.meta({
    ...field.meta(),
    ...(example === undefined ? {} : { param: { ...field.meta()?.param, example } }),
  })
}

function headerParameters({ example, cache }: Route, schema: unknown): z.ZodObject {
  const named = schema === undefined ? z.object({}) : parameters(schema, example.headers)
  return z.object({
    ...Object.fromEntries(Object.entries(named.shape).map(([name, field]) => [headerCase(name), field])),
    ...(cache === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
  })
}

/** `idempotency-key` as people know it: `Idempotency-Key`. */
function headerCase(name: string): string {
  return name.replace(/(^|-)./g, (start) => start.toUpperCase())
}

const ifNoneMatch = z
  .string()
  .optional()
  .meta({
    param: {
      id: 'If-None-Match',
      in: 'header',
      name: 'If-None-Match',
      description: 'An earlier reply’s `ETag`.',
    },
  })

function successResponses(route: Route): ZodOpenApiResponsesObject {
  const status = route.status ?? 200
  if (status === 204) return { 204: { description: 'Done; there is nothing to say.' } }
  const headers = route.cache === undefined ? {} : { headers: cacheHeaders }
  return {
    [`${status}`]: { description: 'Done.', ...headers, content: jsonOf(route.reply, route.example.reply) },
    ...(route.cache === undefined ? {} : { 304: { description: 'Nothing has changed since that `ETag`.' } }),
  }
}

const cacheHeaders = z.object({
  ETag: z.string().meta({
    header: { id: 'ETag', description: 'Send it back as `If-None-Match`.', example: 'W/"1yqsr9d"' },
  }),
  'Cache-Control': z.string().meta({
    header: {
      id: 'Cache-Control',
      description: 'How long it may be shown again.',
      example: 'public, max-age=1',
    },
  }),
})

function jsonOf(
  schema: z.ZodType,
  example: unknown,
): { 'application/json': { schema: z.ZodType; example: unknown } } {
  return { 'application/json': { schema, example } }
}
