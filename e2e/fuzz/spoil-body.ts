import fc from 'fast-check'
import { drawHostile, drawHostileText } from './hostile-values.ts'
import { type Draw, drawFrom } from './schema-values.ts'

type Spoilt = { body: string; encoding: 'utf8' | 'latin1' }

/** A body made wrong: a field, the form, the text, or the bytes of it. */
export function spoilBody(draw: Draw, valid: unknown): Spoilt {
  if (draw(fc.nat, 3) > 0) return utf8(JSON.stringify(spoilFields(draw, valid)))
  const text = JSON.stringify(valid)
  switch (draw(fc.nat, 11)) {
    case 0:
      return utf8(JSON.stringify(drawHostile(draw)))
    case 1:
      return utf8(text.slice(0, draw(fc.nat, text.length)))
    case 2:
      return utf8(`${text}${drawFrom(draw, ['}', ',', ' x', '\u0000', text])}`)
    case 3:
      return utf8(
        withFirst(
          text,
          fieldsOf(valid).map((name) => `${JSON.stringify(name)}:${JSON.stringify(drawHostile(draw))}`),
        ),
      )
    case 4:
      return utf8(withFirst(text, ['"__proto__":{"role":"operator"}', '"constructor":{"prototype":{"x":1}}']))
    case 5:
      return utf8(
        text.replace(
          /:(\d+|"~~\w+\.\d+~~")/,
          () => `:${drawFrom(draw, ['1e400', '9'.repeat(400), '-0', '01', 'NaN', '1_000', '0x1'])}`,
        ),
      )
    case 6:
      return utf8(drawFrom(draw, ['[', '{"a":']).repeat(10_000))
    case 7:
      return utf8(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    case 8:
      return { body: `\xff\xfe${text}\xc3\x28`, encoding: 'latin1' }
    case 9:
      return utf8(`\ufeff${text}`)
    case 10:
      return utf8(
        drawFrom(draw, ['', ' ', '\u0000', 'null', '"x"', '[]', '{}', 'undefined', `// x\n${text}`]),
      )
    default:
      return draw(fc.nat, 9) === 0 ? utf8(withFirst(text, [`"big":"${'x'.repeat(2_000_000)}"`])) : utf8(text)
  }
}

/** One to three fields wrong, gone, or added. */
function spoilFields(draw: Draw, valid: unknown): unknown {
  const names = fieldsOf(valid)
  if (names.length === 0) return drawHostile(draw)
  const fields = new Map(Object.entries(Object(valid) as Record<string, unknown>))
  for (let left = 1 + draw(fc.nat, 2); left > 0; left -= 1) {
    const name = drawFrom(draw, names)
    const how = draw(fc.nat, 9)
    if (how === 0) fields.delete(name)
    else if (how === 1) fields.set(drawHostileText(draw).slice(0, 100), drawHostile(draw))
    else fields.set(name, drawHostile(draw))
  }
  return Object.fromEntries(fields)
}

function fieldsOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

/** The text of an object with more members before its own: a key may come twice. */
function withFirst(text: string, members: string[]): string {
  if (!text.startsWith('{') || members.length === 0) return text
  return `{${members.join(',')}${text === '{}' ? '' : ','}${text.slice(1)}`
}

function utf8(body: string): Spoilt {
  return { body, encoding: 'utf8' }
}
