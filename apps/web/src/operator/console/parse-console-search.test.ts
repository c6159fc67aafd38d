import { expect, test } from 'vitest'
import { parseConsoleSearch } from './parse-console-search.ts'

test('the address names the sale, as a number or as text', () => {
  expect(parseConsoleSearch({ concert: 3 })).toEqual({ concert: 3 })
  expect(parseConsoleSearch({ concert: '12', other: 'x' })).toEqual({ concert: 12 })
})

test.for([undefined, 0, -1, 1.5, 'three', null, {}, Number.MAX_VALUE])('%s names none', (concert) => {
  expect(parseConsoleSearch({ concert })).toEqual({})
})
