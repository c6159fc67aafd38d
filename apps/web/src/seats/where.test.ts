import { expect, test } from 'vitest'
import { type Where, whereFrom, whereKey } from './where.ts'

test('a place to look in survives being the value of an option, whatever the section is called', () => {
  const places: Where[] = [
    {},
    { categoryCode: 0 },
    { categoryCode: 12 },
    { section: '1F A' },
    { section: '' },
  ]
  expect(places.map((where) => whereFrom(whereKey(where)))).toEqual(places)
})
