import { expect, test } from 'vitest'
import { entityTagOf, namesTag } from './entity-tag.ts'

test('an answer read later is the same answer as long as it says the same', () => {
  const first = entityTagOf('{"stock":[],"asOfMs":1}')
  expect(entityTagOf('{"stock":[],"asOfMs":2}')).toBe(first)
  expect(entityTagOf('{"stock":[0],"asOfMs":1}')).not.toBe(first)
})

test('a text that only looks like a reading counts', () => {
  expect(entityTagOf(JSON.stringify({ name: ',"asOfMs":1' }))).not.toBe(
    entityTagOf(JSON.stringify({ name: ',"asOfMs":2' })),
  )
})

test.for([
  ['W/"a"', true],
  ['"a"', true],
  ['"b", W/"a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [undefined, false],
] as const)('If-None-Match %s names W/"a": %s', ([header, isNamed]) => {
  expect(namesTag(header, 'W/"a"')).toBe(isNamed)
})
