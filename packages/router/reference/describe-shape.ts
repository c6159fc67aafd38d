import { z } from 'zod'

/** A schema as the reader of a page writes it: TypeScript, with what a field means and may be behind it. */
export function describeShape(schema: z.ZodType, side: Side): string {
  return typeOf(jsonSchema.parse(z.toJSONSchema(schema, { io: side, unrepresentable: 'any' })), '', side)
}

type Side = 'input' | 'output'

/** The part of JSON Schema that zod writes. */
type JsonSchema = z.infer<typeof plainSchema> & {
  properties?: Record<string, JsonSchema> | undefined
  /** `false` in a tuple: nothing comes after its parts. */
  items?: boolean | JsonSchema | undefined
  prefixItems?: JsonSchema[] | undefined
  anyOf?: JsonSchema[] | undefined
  oneOf?: JsonSchema[] | undefined
  additionalProperties?: boolean | JsonSchema | undefined
}

const plainSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  format: z.string().optional(),
})

const jsonSchema: z.ZodType<JsonSchema> = plainSchema.extend({
  get properties() {
    return z.record(z.string(), jsonSchema).optional()
  },
  get items() {
    return z.union([z.boolean(), jsonSchema]).optional()
  },
  get prefixItems() {
    return z.array(jsonSchema).optional()
  },
  get anyOf() {
    return z.array(jsonSchema).optional()
  },
  get oneOf() {
    return z.array(jsonSchema).optional()
  },
  get additionalProperties() {
    return z.union([z.boolean(), jsonSchema]).optional()
  },
})

function typeOf(schema: JsonSchema, indent: string, side: Side): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map((each) => typeOf(each, indent, side)).join(' | ')
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (schema.prefixItems !== undefined) {
    return `[${schema.prefixItems.map((each) => typeOf(each, indent, side)).join(', ')}]`
  }
  switch (schema.type) {
    case 'object':
      return objectOf(schema, indent, side)
    case 'array':
      return arrayOf(schema.items instanceof Object ? typeOf(schema.items, indent, side) : 'unknown')
    case 'integer':
      return 'number'
    case undefined:
      return 'unknown'
    default:
      return [schema.type].flat().join(' | ')
  }
}

function arrayOf(item: string): string {
  return / \| /.test(item.replace(/\{[\s\S]*\}/, '')) ? `(${item})[]` : `${item}[]`
}

function objectOf(schema: JsonSchema, indent: string, side: Side): string {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) {
    const values = schema.additionalProperties
    return values instanceof Object ? `Record<string, ${typeOf(values, indent, side)}>` : '{}'
  }
  const inner = `${indent}  `
  const lines = fields.map(([name, field]) => {
    const mark = schema.required?.includes(name) === true ? '' : '?'
    const line = `${inner}${name}${mark}: ${typeOf(field, inner, side)}`
    const remark = remarkOn(name, field, side)
    if (remark === '') return line
    return line.includes('\n') ? `${inner}// ${remark}\n${line}` : `${line} // ${remark}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

/** What a field means, in which unit, and what an input may hold; an id is an id, and an output is as it is. */
function remarkOn(name: string, field: JsonSchema, side: Side): string {
  const items = field.items instanceof Object ? field.items.description : undefined
  const words = field.description ?? items ?? (name.endsWith('Ms') ? 'Milliseconds.' : '')
  const limits = [
    /Ids?$/.test(name) ? '' : range(field.minimum ?? above(field.exclusiveMinimum), field.maximum, ''),
    range(field.minLength, field.maxLength, ' characters'),
    range(field.minItems, field.maxItems, ' of them'),
    field.default === undefined ? '' : `default ${literal(field.default)}`,
  ]
  const shown = side === 'input' ? limits.filter((limit) => limit !== '').join('; ') : ''
  return [words.replaceAll('\n', ' '), shown].filter((part) => part !== '').join(' ')
}

/** Integers stop where JavaScript stops counting exactly; that is no rule of ours. */
function range(low: number | undefined, high: number | undefined, what: string): string {
  const most = high === undefined || high >= Number.MAX_SAFE_INTEGER ? undefined : high
  const least = low === undefined || low <= Number.MIN_SAFE_INTEGER ? undefined : low
  if (least !== undefined && most !== undefined) return `${least} to ${most}${what}`
  if (least !== undefined) return `${least}${what} or more`
  return most === undefined ? '' : `up to ${most}${what}`
}

function above(limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : limit + 1
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}
