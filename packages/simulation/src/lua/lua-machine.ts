/** Lua's values: nil is `undefined`, a table is an array whose first element has index 1. */
export type LuaValue = string | number | boolean | undefined | LuaValue[]

/** One Redis command as a script gives it: what is nil in a reply is `false` in Lua. */
export type RedisCall = (name: string, args: string[]) => LuaValue

/** An error a script would end with in Redis, too. */
export class LuaError extends Error {
  constructor(message: string) {
    super(`ERR user_script: ${message}`)
    this.name = 'ReplyError'
  }
}

/** What a compiled script calls: Lua's operators where JavaScript's differ, and the few functions of its library we use. */
export const machine = {
  call: (redisCall: RedisCall, name: LuaValue, ...args: LuaValue[]): LuaValue =>
    redisCall(stringOf(name), args.map(argumentOf)),
  isTrue: (value: LuaValue): boolean => value !== undefined && value !== false,
  number: numberOf,
  add: (one: LuaValue, other: LuaValue): number => numberOf(one) + numberOf(other),
  subtract: (one: LuaValue, other: LuaValue): number => numberOf(one) - numberOf(other),
  multiply: (one: LuaValue, other: LuaValue): number => numberOf(one) * numberOf(other),
  divide: (one: LuaValue, other: LuaValue): number => numberOf(one) / numberOf(other),
  power: (one: LuaValue, other: LuaValue): number => numberOf(one) ** numberOf(other),
  concat: (one: LuaValue, other: LuaValue): string => textOf(one) + textOf(other),
  less: (one: LuaValue, other: LuaValue): boolean => compare(one, other) < 0,
  atMost: (one: LuaValue, other: LuaValue): boolean => compare(one, other) <= 0,
  at: (table: LuaValue, index: LuaValue): LuaValue => {
    if (!Array.isArray(table)) throw new LuaError(`attempt to index a ${typeOf(table)} value`)
    return table[numberOf(index) - 1]
  },
  put: (table: LuaValue, index: LuaValue, value: LuaValue): void => {
    if (!Array.isArray(table)) throw new LuaError(`attempt to index a ${typeOf(table)} value`)
    table[numberOf(index) - 1] = value
  },
  length: (value: LuaValue): number => {
    if (typeof value === 'string' || Array.isArray(value)) return value.length
    throw new LuaError(`attempt to get length of a ${typeOf(value)} value`)
  },
  list: (table: LuaValue): LuaValue[] => {
    if (!Array.isArray(table))
      throw new LuaError(`bad argument to 'ipairs' (table expected, got ${typeOf(table)})`)
    return table
  },
  join: (table: LuaValue, between: LuaValue): string => {
    if (!Array.isArray(table))
      throw new LuaError(`bad argument #1 to 'concat' (table expected, got ${typeOf(table)})`)
    return table.map(textOf).join(stringOf(between))
  },
  floor: (value: LuaValue): number => Math.floor(numberOf(value)),
  min: (...values: LuaValue[]): number => Math.min(...values.map(numberOf)),
  max: (...values: LuaValue[]): number => Math.max(...values.map(numberOf)),
  toNumber: (value: LuaValue): number | undefined => {
    if (typeof value === 'number') return value
    return typeof value === 'string' ? parseNumber(value) : undefined
  },
  match: (text: LuaValue, pattern: RegExp): string[] | undefined => {
    if (typeof text !== 'string')
      throw new LuaError(`bad argument #1 to 'match' (string expected, got ${typeOf(text)})`)
    return pattern.exec(text)?.slice(1)
  },
  format: (form: LuaValue, value: LuaValue): string => {
    const number = numberOf(value)
    const [, pad, digits] = /^%0(\d)d$/.exec(stringOf(form)) ?? /^%()\.(\d)f$/.exec(stringOf(form)) ?? []
    if (digits !== undefined) return number.toFixed(Number(digits))
    if (pad !== undefined) return String(Math.trunc(number)).padStart(Number(pad), '0')
    throw new Error(`string.format ${stringOf(form)} is not known here`)
  },
}

function numberOf(value: LuaValue): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' ? parseNumber(value) : undefined
  if (number === undefined) throw new LuaError(`attempt to perform arithmetic on a ${typeOf(value)} value`)
  return number
}

function parseNumber(text: string): number | undefined {
  if (text.trim() === '') return undefined
  const number = Number(text)
  return Number.isNaN(number) ? undefined : number
}

/** Lua prints 14 digits of a number. Our scripts never need more, and here none may. */
function textOf(value: LuaValue): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') throw new LuaError(`attempt to concatenate a ${typeOf(value)} value`)
  if (!Number.isInteger(value) || Math.abs(value) >= 1e14)
    throw new Error(`Lua would print ${value} inexactly`)
  return String(value)
}

function compare(one: LuaValue, other: LuaValue): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : one > other ? 1 : 0
  throw new LuaError(`attempt to compare ${typeOf(one)} with ${typeOf(other)}`)
}

/** Redis takes numbers with 17 digits, JavaScript prints as many as it takes to read the same number again. */
function argumentOf(value: LuaValue): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new LuaError('Lua redis() command arguments must be strings or integers')
}

function stringOf(value: LuaValue): string {
  if (typeof value === 'string') return value
  throw new LuaError(`string expected, got ${typeOf(value)}`)
}

function typeOf(value: LuaValue): string {
  if (value === undefined) return 'nil'
  return Array.isArray(value) ? 'table' : typeof value
}
