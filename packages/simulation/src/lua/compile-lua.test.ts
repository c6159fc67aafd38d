import { describe, expect, test } from 'vitest'
import { compileLua } from './compile-lua.ts'

const run = (source: string, args: string[] = []) => compileLua(source)(() => false, ['key'], args)

describe('a compiled script', () => {
  test.each([
    ["return 1 + '2'", 3],
    ["if 0 then return 'zero is true' end", 'zero is true'],
    ["if '' then return 'so is an empty text' end", 'so is an empty text'],
    ["return tonumber('') or 'no number'", 'no number'],
    ["return tonumber(redis.call('HGET', 'a', 'b')) or 'nothing'", 'nothing'],
    ["return string.format('%.0f', 2 ^ 53)", '9007199254740992'],
    ["local a, b, c = string.match('o:12:34', '^(%a):(%d+):(%d+)$') return c", '34'],
    ["local list = {} list[#list + 1] = 'x' return #list", 1],
    ['local function two() return 1, 2 end local _, second = two() return second', 2],
    ['local sum = 0 for i = 1, #ARGV, 2 do sum = sum + ARGV[i] end return sum', 6],
  ])('%s', (source, result) => {
    expect(run(source, ['2', 'x', '4'])).toBe(result)
  })

  test('a table of arguments is spread at the end of a command', () => {
    const calls: unknown[] = []
    const source = "local a = { 'x' } a[#a + 1] = 2 redis.call('ZADD', KEYS[1], unpack(a)) return #a"
    const call = (...command: unknown[]): number => calls.push(command)
    expect(compileLua(source)(call, ['key'], [])).toBe(2)
    expect(calls).toEqual([['ZADD', ['key', 'x', '2']]])
  })

  test('fails where Lua does: what is missing is neither a number nor a text', () => {
    for (const source of ["return redis.call('HGET', 'a', 'b') < 1", 'return nil + 1', "return 'a' < 1"]) {
      expect(() => run(source)).toThrow(expect.objectContaining({ name: 'ReplyError' }))
    }
  })

  test.each([
    "return string.rep('a', 2)",
    'while true do end',
    "return string.match('a', 'a-')",
    'return { a = 1 }',
  ])('is refused when it needs what nobody taught the compiler: %s', (source) => {
    expect(() => compileLua(source)).toThrow(/does not know|is not defined/)
  })
})
