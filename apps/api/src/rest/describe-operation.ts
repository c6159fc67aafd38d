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
    ...descriptionOf(route),
    security: route.proofs.map((schemes) => Object.fromEntries(schemes.map((name) => [name, []]))),
    requestParams: {
      ...(params === undefined ? {} : { path: fieldsOf(params) }),
      ...(query === undefined ? {} : { query: fieldsOf(query) }),
      header: headerParameters(route, headers),
    },
    ...(body instanceof z.ZodType
      ? { requestBody: { required: !body.safeParse(undefined).success, content: jsonOf(body, example.body) } }
      : {}),
    responses: { ...successResponses(route), ...refusalResponses(route) },
  }
}

/** OpenAPI knows no body of a GET that replaces its query, so words tell of it. */
function descriptionOf({ description, takesBodyAsQuery }: Route): { description?: string } {
  const asBody = takesBodyAsQuery === true ? 'The query may come as a JSON body instead.' : undefined
  const sentences = [description, asBody].filter((each) => each !== undefined)
  return sentences.length === 0 ? {} : { description: sentences.join(' ') }
}

/** Headers as people know them: `Idempotency-Key` for `idempotency-key`. */
function headerParameters({ cache }: Route, schema: unknown): z.ZodObject {
  const shape = schema === undefined ? {} : fieldsOf(schema).shape
  return z.object({
    ...Object.fromEntries(Object.entries(shape).map(([name, field]) => [headerCase(name), field])),
    ...(cache === undefined ? {} : { 'If-None-Match': ifNoneMatch }),
  })
}

function fieldsOf(schema: unknown): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema
  throw new Error('parameters are the fields of one object')
}

export function headerCase(name: string): string {
  return name.replace(/(^|-)./g, (start) => start.toUpperCase())
}

const ifNoneMatch = z
  .string()
  .optional()
  .meta({
    param: {
      id: 'If-None-Match',
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
