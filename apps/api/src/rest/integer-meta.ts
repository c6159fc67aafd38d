import { z } from 'zod'
import type { ZodOpenApiMetadata } from 'zod-openapi'

/**
 * How the document shows a number that is read from text: by the schema of the number, not by the text's pattern.
 * `orText`: a JSON body may carry it as either.
 */
export function integerMeta(schema: z.ZodType, { orText = false } = {}): ZodOpenApiMetadata {
  const { $schema: _dialect, id: _name, ...number } = z.toJSONSchema(schema)
  const shown = orText ? { ...number, type: ['integer', 'string'], pattern: '^\\d{1,16}$' } : number
  return {
    ...(number.description === undefined ? {} : { description: number.description }),
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key)
      Object.assign(jsonSchema, shown)
    },
  }
}
