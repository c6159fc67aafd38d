import { expect, test } from 'vitest'
import { parseFansSearch } from './parse-fans-search.ts'

test('the address names whom the page is about, by a number or by text', () => {
  expect(parseFansSearch({ by: 'ticket', of: 12 })).toEqual({ by: 'ticket', of: '12' })
  expect(parseFansSearch({ by: 'email', of: ' a@b.example ', x: 1 })).toEqual({
    by: 'email',
    of: 'a@b.example',
  })
})

test.for([
  {},
  { by: 'ticket' },
  { of: 12 },
  { by: 'shoe', of: 12 },
  { by: 'email', of: ' ' },
  { by: 'email', of: ['a'] },
  { by: 'email', of: 'x'.repeat(300) },
])('%j names nobody', (search) => {
  expect(parseFansSearch(search)).toEqual({})
})
