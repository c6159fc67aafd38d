import { expect, test } from 'vitest'
import { clientMessage, eachMessage, numberAfter } from './watchers-wire.ts'

/** As a server sends it: not masked. */
function serverMessage(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const long = Buffer.alloc(8)
  long.writeBigUInt64BE(BigInt(length))
  const sizes = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 0xff] : [127, ...long]
  return Buffer.concat([Buffer.from([0x81, ...sizes]), Buffer.from(text)])
}

function read(chunk: Buffer): { texts: string[]; rest: number } {
  const texts: string[] = []
  const rest = eachMessage(chunk, (from, to) => texts.push(chunk.toString('latin1', from, to)))
  return { texts, rest }
}

test.for([300, 70_000])(
  'messages of all lengths are told apart, and a piece of one is left for later: %i',
  (size) => {
    const long = 'x'.repeat(size)
    const chunk = Buffer.concat([
      serverMessage('2'),
      serverMessage(long),
      serverMessage('cut off').subarray(0, 4),
    ])
    expect(read(chunk)).toEqual({ texts: ['2', long], rest: chunk.length - 4 })
    expect(read(serverMessage(long).subarray(0, 3))).toEqual({ texts: [], rest: 0 })
  },
)

test('a message to a server is masked by nothing', () => {
  const sent = clientMessage('40{}')
  expect([...sent.subarray(0, 6)]).toEqual([0x81, 0x80 | 4, 0, 0, 0, 0])
  expect(sent.subarray(6).toString()).toBe('40{}')
  expect(clientMessage('y'.repeat(200)).subarray(8).toString()).toBe('y'.repeat(200))
})

test('a number is found behind its name, from there on', () => {
  const text = Buffer.from('{"from":12,"to":345,"changes":[]}')
  expect(numberAfter(text, Buffer.from('"from":'), 0)).toBe(12)
  expect(numberAfter(text, Buffer.from('"to":'), 3)).toBe(345)
  expect(numberAfter(text, Buffer.from('"seq":'), 0)).toBeNaN()
})
