import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCommandReader } from './redis-commands.ts'

const command = (...words: string[]): Buffer =>
  Buffer.from(
    `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
  )

test('commands are known by their first words, however the bytes are cut, and whatever is in the others', () => {
  const whole = Buffer.concat([
    command('PING'),
    command('EVALSHA', 'ABC123', '1', 'key', '*3\r\n$4\r\nPING\r\n'),
    command('SET', 'k'.repeat(300), 'v'.repeat(3_000)),
    command('get', '한국어'),
  ])
  const wanted = ['ping ', 'evalsha abc123', `set ${'k'.repeat(64)}`, 'get ']
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 30 }), (cuts) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length]
      const heard: string[] = []
      const read = createCommandReader((name, subject) => heard.push(`${name} ${subject}`))
      for (const [index, end] of places.slice(1).entries()) read(whole.subarray(places[index], end))
      expect(heard.map((each) => (each.startsWith('get') ? 'get ' : each))).toEqual(wanted)
    }),
  )
})
