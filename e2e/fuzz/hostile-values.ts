import fc from 'fast-check'
import { type Draw, drawFrom } from './schema-values.ts'

const texts = [
  '',
  ' ',
  'NaN',
  'Infinity',
  '-0',
  '1e3',
  '0x10',
  '١٢٣',
  '１２',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  "'; drop table seats; --",
  '../../../../etc/passwd',
  '${7*7}{{7*7}}',
  '%00%0d%0a',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202eabc\u2066',
  '\ufeff',
  'é'.normalize('NFD'),
  '😀👩‍👩‍👧‍👦',
  '\r\nset-cookie: a=b',
  '<script>alert(1)</script>',
  '2026-02-30',
  '20261345',
  '99999999999999999999',
  '-1',
  '1.5',
  '1,2,3',
  ',,,',
  '1,',
]
const oddities: unknown[] = [null, true, false, [], {}, [[]], [null], { length: -1 }, { toString: 1 }]
const numbers = [
  0,
  -0,
  -1,
  1.5,
  0.1 + 0.2,
  2 ** 31,
  2 ** 32 + 1,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 63),
  1e21,
  1e300,
  -1e300,
  5e-324,
]

/** A text of a kind that has broken something somewhere. At most 20,000 characters. */
export function drawHostileText(draw: Draw): string {
  const kind = draw(fc.nat, 9)
  if (kind === 0) return 'x'.repeat(draw(fc.nat, 20_000))
  if (kind === 1) return draw(fc.string, { unit: 'binary', maxLength: 50 })
  return drawFrom(draw, texts)
}

/** A value that hardly any field should have. */
export function drawHostile(draw: Draw): unknown {
  switch (draw(fc.nat, 7)) {
    case 0:
      return drawFrom(draw, oddities)
    case 1:
    case 2:
      return drawFrom(draw, numbers)
    case 3:
      return Array.from({ length: draw(fc.nat, 1_000) }, (_, at) => at)
    case 4:
      return nest(draw(fc.nat, 200))
    case 5:
      return JSON.parse('{"__proto__":{"role":"operator"},"constructor":{"prototype":{"role":"operator"}}}')
    default:
      return drawHostileText(draw)
  }
}

function nest(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
