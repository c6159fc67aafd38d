/** As much of a JSON schema as the documents of OpenAPI 3.1 have in them. */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  format?: string
}

type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: JsonSchema
}

export type Operation = {
  operationId: string
  method: string
  path: string
  parameters: Parameter[]
  body: { schema: JsonSchema; required: boolean } | undefined
  /** Names of the security schemes that it may be called with; all of one set belong together. */
  proofs: string[][]
  /** JSON pointers of the schemas of its answers by status; `null` for an answer without a body. */
  answers: Map<number, string | null>
}

export type ApiDocument = {
  text: object
  operations: Operation[]
  resolve: (schema: JsonSchema) => JsonSchema
}

type RawParameter = Omit<Parameter, 'required'> & { required?: boolean }
type Raw = {
  paths: Record<string, Record<string, RawOperation>>
}
type RawOperation = {
  operationId: string
  parameters?: object[]
  requestBody?: { required?: boolean; content: { 'application/json': { schema: JsonSchema } } }
  security?: Record<string, unknown>[]
  responses: Record<string, object>
}

/** The operations that a server says it has, from its own `/openapi.json`. */
export async function readDocument(url: string): Promise<ApiDocument> {
  const reply = await fetch(`${url}/openapi.json`)
  if (!reply.ok) throw new Error(`${url}/openapi.json answers ${reply.status}`)
  return parseDocument((await reply.json()) as object)
}

export function parseDocument(text: object): ApiDocument {
  const { paths } = text as Raw
  const follow = <T extends object>(value: T): T =>
    '$ref' in value ? follow(at(text, String(value.$ref)) as T) : value
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, raw]): Operation => {
      const body = raw.requestBody
      const pointer = `#/paths/${escape(path)}/${method}`
      return {
        operationId: raw.operationId,
        method: method.toUpperCase(),
        path,
        parameters: (raw.parameters ?? []).map((parameter) => {
          const { name, in: place, required, schema } = follow(parameter as RawParameter)
          return { name, in: place, required: required ?? false, schema }
        }),
        body:
          body === undefined
            ? undefined
            : { schema: body.content['application/json'].schema, required: body.required ?? false },
        proofs: (raw.security ?? []).map((set) => Object.keys(set)),
        answers: new Map(
          Object.entries(raw.responses).map(([status, response]) => [
            Number(status),
            answerPointer(`${pointer}/responses/${status}`, response, follow),
          ]),
        ),
      }
    }),
  )
  return { text, operations, resolve: follow }
}

function answerPointer(
  pointer: string,
  response: object,
  follow: <T extends object>(value: T) => T,
): string | null {
  const place = '$ref' in response ? String(response.$ref) : pointer
  return 'content' in follow(response) ? `${place}/content/${escape('application/json')}/schema` : null
}

function at(text: object, ref: string): unknown {
  const keys = ref
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], text)
}

function escape(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}
