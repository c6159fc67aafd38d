import type { createDocument } from 'zod-openapi'
import { headerCase } from './describe-operation.ts'
import type { Route } from './route.ts'

type Document = ReturnType<typeof createDocument>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>
type Parameter = NonNullable<Operation['parameters']>[number]

/** Gives each parameter its example, the description of its shape, and of numbers or texts the numbers: outside of JSON all is text. */
export function finishParameters(document: Document, routes: readonly Route[]): void {
  for (const { path, method, example } of routes) {
    const operation = operationAt(document, path, method)
    const examples = new Map<string, unknown>([
      ...Object.entries(example.params ?? {}),
      ...Object.entries(example.query ?? {}),
      ...Object.entries(example.headers ?? {}).map(([name, value]): [string, string] => [
        headerCase(name),
        value,
      ]),
    ])
    for (const parameter of operation.parameters ?? [])
      if ('name' in parameter) finish(document, parameter, examples.get(parameter.name))
  }
}

function finish(document: Document, parameter: Extract<Parameter, { name: string }>, example: unknown): void {
  const schema = typeof parameter.schema === 'object' ? parameter.schema : {}
  const description = parameter.description ?? schema.description ?? describedBy(document, schema)
  if (description !== undefined) parameter.description = description
  if ('type' in schema && Array.isArray(schema.type)) {
    schema.type = schema.type.find((type) => type === 'integer') ?? 'string'
    delete schema.pattern
  }
  if (example === undefined) return
  parameter.example = 'type' in schema && schema.type === 'integer' ? Number(example) : example
}

function describedBy({ components }: Document, { $ref }: { $ref?: string }): string | undefined {
  const schema = components?.schemas?.[`${$ref}`.replace(/^.*\//, '')]
  return typeof schema === 'object' ? schema.description : undefined
}

function operationAt(document: Document, path: string, method: Route['method']): Operation {
  const item = document.paths?.[path] ?? {}
  const operations = { GET: item.get, POST: item.post, PATCH: item.patch, DELETE: item.delete }
  return operations[method] ?? {}
}
