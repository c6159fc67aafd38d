import { expect, test } from 'vitest'
import { parseReturnPath } from './return-path.ts'

test('a path of this site is kept', () => {
  expect(parseReturnPath({ to: '/concerts/1/line?x=1' })).toEqual({ to: '/concerts/1/line?x=1' })
})

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:1',
  '',
  7,
  undefined,
])('nothing else is: %j', (to) => {
  expect(parseReturnPath({ to })).toEqual({})
})
