import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameReader, readStatement } from './postgres-frames.ts'

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}
const query = (text: string): Buffer => message('Q', Buffer.from(`${text}\0`))
const parse = (name: string): Buffer => message('P', Buffer.from(`${name}\0select 1\0\0\0`))
const bind = (name: string, bytes: number): Buffer =>
  message('B', Buffer.concat([Buffer.from(`\0${name}\0`), Buffer.alloc(bytes, 'Q')]))
const startup = message('', Buffer.from('\0\x03\0\0user\0fan\0\0'))

const conversation = [
  startup,
  query('BEGIN'),
  parse('sell-seats'),
  bind('sell-seats', 500),
  query(' commit'),
  bind('', 3),
]

function readAll(chunks: readonly Buffer[]): (string | undefined)[] {
  const names: (string | undefined)[] = []
  const read = createFrameReader({
    startsUntyped: true,
    onMessage: (type, head) => names.push(readStatement(type, head)),
  })
  for (const chunk of chunks) read(chunk)
  return names
}

const wanted = [undefined, 'begin', 'sell-seats', 'sell-seats', 'commit', undefined]

test('statements are known by their names, transactions by their first word', () => {
  expect(readAll(conversation)).toEqual(wanted)
})

test('however the bytes are cut', () => {
  const whole = Buffer.concat(conversation)
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 30 }), (cuts) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length]
      const chunks = places.slice(1).map((end, index) => whole.subarray(places[index], end))
      expect(readAll(chunks)).toEqual(wanted)
    }),
  )
})
