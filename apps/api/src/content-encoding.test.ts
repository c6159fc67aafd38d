import { expect, test } from 'vitest'
import { pickEncoding } from './content-encoding.ts'

test.for([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.0', undefined],
  ['deflate', undefined],
  ['x-br-like', undefined],
  ['', undefined],
  [undefined, undefined],
] as const)('who accepts %j gets %s', ([accepted, encoding]) => {
  expect(pickEncoding(accepted)).toBe(encoding)
})
