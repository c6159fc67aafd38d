import fc from 'fast-check'
import type { JsonSchema } from './read-document.ts'
import { placeholder, type PlaceholderKind } from './known-things.ts'

/** Draws values; the same draws come again for the same seed. */
export type Draw = fc.GeneratorValue
type Resolve = (schema: JsonSchema) => JsonSchema

/** Fields and parameters by the names that the document gives them, and what of ours they are about. */
const kindOfName: Readonly<Record<string, PlaceholderKind>> = {
  concertid: 'concert',
  concert_id: 'show',
  showid: 'show',
  seatid: 'seat',
  seatids: 'seat',
  afterseatid: 'seat',
  seatno: 'seatNo',
  seat_no: 'seatNo',
  userid: 'account',
  user_id: 'account',
  id: 'account',
  reservationid: 'reservation',
  reservationids: 'reservation',
  booking_id: 'reservation',
  paymentid: 'payment',
  ticketid: 'ticket',
  date: 'date',
  concertdate: 'date',
  amount: 'price',
  email: 'email',
  // what an operator looks a fan up by
  text: 'email',
  code: 'code',
  section: 'section',
  pass: 'pass',
  receipt: 'receipt',
  'queue-pass': 'pass',
  'queue-receipt': 'receipt',
}

/** A value that the schema takes, about things that exist where the name says what they are. `fan` is whose things. */
export function drawValid(
  draw: Draw,
  resolve: Resolve,
  asked: JsonSchema,
  name: string,
  fan: number,
): unknown {
  const schema = resolve(asked)
  const kind = kindOfName[name.toLowerCase()]
  const isList = [schema.type].flat().includes('array')
  if (kind !== undefined && !isList && draw(fc.nat, 9) > 0) return placeholder(kind, pickOf(draw, kind, fan))
  // a fan who changes it changes it to the same
  if (/password$/i.test(name) && draw(fc.boolean)) return 'a long password'
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined && choices.length > 0)
    return drawValid(draw, resolve, drawFrom(draw, choices), name, fan)
  if ('const' in schema) return schema.const
  if (schema.enum !== undefined) return drawFrom(draw, schema.enum)
  const type = drawFrom(draw, [schema.type ?? 'null'].flat())
  if (type === 'object') return drawObject(draw, resolve, schema, fan)
  if (type === 'array') {
    const min = schema.minItems ?? 0
    const length = min + draw(fc.nat, Math.max(0, Math.min(schema.maxItems ?? 3, 3) - min))
    return Array.from({ length }, () => drawValid(draw, resolve, schema.items ?? {}, name, fan))
  }
  // the first few of whatever the server counts itself
  if (type === 'integer' && /id$/i.test(name) && draw(fc.boolean)) return 1 + draw(fc.nat, 4)
  if (type === 'integer' || type === 'number') return drawNumber(draw, schema)
  if (type === 'boolean') return draw(fc.boolean)
  return type === 'string' ? drawText(draw, schema) : null
}

export function drawFrom<T>(draw: Draw, choices: readonly T[]): T {
  const choice = choices[draw(fc.nat, choices.length - 1)]
  return choice as T
}

/** Mostly the fan's own things, sometimes another's; every other time a seat of their own show, else any. */
function pickOf(draw: Draw, kind: PlaceholderKind, fan: number): number {
  const isPlace = kind === 'seat' || kind === 'seatNo' || kind === 'show'
  return (isPlace && draw(fc.boolean)) || draw(fc.nat, 15) === 0 ? draw(fc.nat, 9_999) : fan
}

function drawObject(draw: Draw, resolve: Resolve, schema: JsonSchema, fan: number): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name]) => (schema.required ?? []).includes(name) || draw(fc.boolean),
  )
  return Object.fromEntries(fields.map(([name, field]) => [name, drawValid(draw, resolve, field, name, fan)]))
}

function drawNumber(draw: Draw, schema: JsonSchema): number {
  const min = schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1
  const max = schema.maximum ?? Number.MAX_SAFE_INTEGER
  const isSmall = draw(fc.nat, 3) > 0
  return draw(fc.integer, { min, max: isSmall ? Math.min(max, min + 200_000) : Math.min(max, 2 ** 53 - 1) })
}

function matching(pattern: string): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(pattern))
}

function drawText(draw: Draw, schema: JsonSchema): string {
  const { minLength = 0, maxLength = 40, pattern, format } = schema
  if (format === 'email') return `fuzz${draw(fc.nat)}@greenroom.example`
  if (format === 'uri') return `https://partner${draw(fc.nat, 9)}.example/hook`
  if (format === 'date') return '2026-12-01'
  if (pattern !== undefined) {
    const text = draw(matching, pattern)
    return text.padEnd(minLength, '0').slice(0, maxLength)
  }
  return draw(fc.string, {
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 40)),
    unit: 'grapheme',
  })
}
