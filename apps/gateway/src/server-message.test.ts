import { expect, test } from 'vitest'
import { encodeServerMessage } from './server-message.ts'

/** As RFC 6455, 5.2 has it: one whole text, not masked, its length in 7, 16 or 64 bits. */
function decode(bytes: Buffer) {
  const short = bytes.readUInt8(1)
  const [head, length] =
    short === 127
      ? [10, Number(bytes.readBigUInt64BE(2))]
      : short === 126
        ? [4, bytes.readUInt16BE(2)]
        : [2, short]
  return { first: bytes[0], head, length, text: bytes.subarray(head).toString(), rest: bytes.length - head }
}

test.for([
  [125, 2],
  [126, 4],
  [65_535, 4],
  [65_536, 10],
  [200_000, 10],
])('a message of %i bytes has a head of %i', ([length, head]) => {
  const frame = '42["seats",""]'.length
  const filling = 'x'.repeat(Math.max(0, (length ?? 0) - frame))
  const decoded = decode(encodeServerMessage(['seats', filling]))
  expect(decoded.first).toBe(0x81)
  expect(decoded.text).toBe(`42["seats","${filling}"]`)
  expect(decoded.rest).toBe(decoded.length)
  expect([decoded.head, decoded.length]).toEqual([head, length])
})

test('its length counts bytes, not characters', () => {
  const { length, rest, text } = decode(encodeServerMessage(['seats', '콘서트']))
  expect(length).toBe(rest)
  expect(text).toBe('42["seats","콘서트"]')
})
