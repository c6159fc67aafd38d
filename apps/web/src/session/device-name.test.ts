import { expect, test } from 'vitest'
import { nameDevice } from './device-name.ts'

const like = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.for([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/142.0.0.0 Safari/537.36`, 'Chrome · Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${like} Chrome/142.0.0.0 Safari/537.36 Edg/142.0`, 'Edge · Windows'],
  [`Mozilla/5.0 (Linux; Android 16; K) ${like} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome · Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox · Mac'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'Linux'],
  ['node', undefined],
  [null, undefined],
] as const)('%s is told as %s', ([userAgent, name]) => {
  expect(nameDevice(userAgent)).toBe(name)
})
