import { expect, test } from 'vitest'
import { type Deed, type Fate, tapSockets } from './socket-mischief.ts'

const upgrade = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n')
const frame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([head, payload])
}
const event = (n: number): string => `42["seats",{"n":${n},"text":"${'x'.repeat(n === 3 ? 200 : 1)}"}]`

function deedOf(...fates: Fate[]): Deed {
  return { draw: () => fates.shift() ?? 'pass', touched: 0 }
}

function passThrough(fates: Fate[], texts: string[]): Buffer {
  return passThroughAll([deedOf(...fates)], texts)
}

function passThroughAll(deeds: Deed[], texts: string[]): Buffer {
  const tap = tapSockets(new Set(deeds))(() => undefined)
  const bytes = Buffer.concat([upgrade, ...texts.map(frame)])
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 100) {
    const passed = tap.down(bytes.subarray(at, at + 100))
    if (passed !== null) out.push(passed)
  }
  return Buffer.concat(out)
}
const sent = (...texts: string[]): Buffer => Buffer.concat([upgrade, ...texts.map(frame)])

test('when all is well every byte passes, whatever the chunks', () => {
  const texts = ['0{"sid":"a"}', event(1), '43[{}]', event(3), '2']
  expect(passThrough([], texts)).toEqual(sent(...texts))
})

test('pushed messages are dropped, doubled and swapped; answers and heartbeats are left alone', () => {
  expect(passThrough(['drop'], ['2', event(1), '43[{}]', event(2)])).toEqual(sent('2', '43[{}]', event(2)))
  expect(passThrough(['double'], [event(1), event(2)])).toEqual(sent(event(1), event(1), event(2)))
  expect(passThrough(['swap'], [event(1), event(2)])).toEqual(sent(event(2), event(1)))
})

test('two deeds go on side by side, and one that is over leaves the other going', () => {
  const lost = deedOf('drop', 'pass', 'drop', 'drop')
  const doubled = deedOf('pass', 'double')
  expect(passThroughAll([lost, doubled], [event(1), event(2), event(4)])).toEqual(
    sent(event(2), event(2), event(4)),
  )
  expect([lost.touched, doubled.touched]).toEqual([1, 1])

  const deeds = new Set([lost, doubled])
  deeds.delete(doubled)
  expect(passThroughAll([...deeds], [event(5), event(6)])).toEqual(sent())
})

test('a deed has touched what it lost, doubled or moved, and nothing that only answers or heartbeats met', () => {
  const touchedBy = (fates: Fate[], texts: string[]): number => {
    const deed = deedOf(...fates)
    passThroughAll([deed], texts)
    return deed.touched
  }
  expect(touchedBy(['drop', 'double', 'pass'], [event(1), event(2), event(4)])).toBe(2)
  expect(touchedBy(['swap'], [event(1), event(2)])).toBe(1)
  // it comes after an answer, and after no other message
  expect(touchedBy(['swap'], [event(1), '43[{}]'])).toBe(0)
  expect(touchedBy(['swap', 'drop'], [event(1), event(2)])).toBe(1)
  expect(touchedBy(['drop'], ['2', '43[{}]'])).toBe(0)
})

test('HTTP that never upgrades passes as it is', () => {
  const tap = tapSockets(new Set([deedOf('drop')]))(() => undefined)
  const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n42["')
  expect(tap.down(answer)).toEqual(answer)
})
