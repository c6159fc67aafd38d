import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { registerForwardedWords } from './forwarded-words.ts'

function requestFrom(peer: string, forwarded?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: peer })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return request
}

function open(trustProxy: false | number | string[]) {
  const lines: string[] = []
  const registry = new Registry()
  const log = pino({}, { write: (line) => void lines.push(line) })
  const note = registerForwardedWords(registry, { settings: { trustProxy }, log })
  const read = async (): Promise<Record<string, number>> => {
    const [metric] = await registry.getMetricsAsJSON()
    const told = (metric?.values ?? []).map(({ labels, value }) => [String(labels['word']), value] as const)
    return Object.fromEntries(told.filter(([, count]) => count > 0))
  }
  return { note, read, lines }
}

test.for([
  [false, '10.0.0.1', undefined, 'none'],
  [false, '10.0.0.1', '203.0.113.9', 'ignored'],
  [1, '10.0.0.1', '203.0.113.9', 'believed'],
  [1, '10.0.0.1', undefined, 'missing'],
  [2, '10.0.0.1', '203.0.113.9', 'missing'],
  [2, '10.0.0.1', '203.0.113.9, 10.0.0.2', 'believed'],
  [['10.0.0.0/8'], '::ffff:10.0.0.1', '203.0.113.9', 'believed'],
  [['10.0.0.0/8'], '192.168.0.1', '203.0.113.9', 'ignored'],
  [['10.0.0.0/8'], '192.168.0.1', undefined, 'none'],
] as const)('where %o is trusted, %s saying %s is %s', async ([trusted, peer, said, word]) => {
  const { note, read } = open(typeof trusted === 'object' ? [...trusted] : trusted)
  note(requestFrom(peer, said))
  expect(await read()).toEqual({ [word]: 1 })
})

test('a proxy that is not named is one line in the log, however many come through it, and each is counted', async () => {
  const { note, read, lines } = open(false)
  for (let caller = 0; caller < 100; caller++) note(requestFrom('10.0.0.1', `203.0.113.${caller}`))
  note(requestFrom('10.0.0.1'))
  expect(await read()).toEqual({ ignored: 100, none: 1 })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('TRUST_PROXY')
})

test('so is one that is named and not there', async () => {
  const { note, lines } = open(1)
  for (let caller = 0; caller < 3; caller++) note(requestFrom('203.0.113.9'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('TRUST_PROXY')
})
