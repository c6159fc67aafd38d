import { expect, test } from 'vitest'
import { isRedisAddress, readRedisAddress } from './redis-address.ts'

test.each([
  ['redis://one:6379/3', false, 1],
  ['rediss://:secret@one', false, 1],
  ['redis://one:7000,redis://two:7000/0', true, 2],
  ['redis://one:7000, redis://two:7000 ,redis://three:7000', true, 3],
  ['rediss://:secret@managed.example:6379?cluster', true, 1],
])('%s', (text, isCluster, nodes) => {
  expect(isRedisAddress(text)).toBe(true)
  expect(readRedisAddress(text)).toMatchObject({ isCluster, nodes: { length: nodes } })
})

test.each([
  '',
  'one:6379',
  'http://one',
  'redis://',
  'redis://one,',
  'redis://one,http://two',
  'redis://a/1,redis://b/1',
])('not an address: %s', (text) => {
  expect(isRedisAddress(text)).toBe(false)
})
