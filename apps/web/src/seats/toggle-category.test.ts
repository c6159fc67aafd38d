import { expect, test } from 'vitest'
import { toggleCategory } from './toggle-category.ts'

test('the first press shows one class alone, further presses add, and none or all is no filter', () => {
  const one = toggleCategory(null, 2, 3)
  expect(one).toEqual(new Set([2]))
  const two = toggleCategory(one, 0, 3)
  expect(two).toEqual(new Set([2, 0]))
  expect(toggleCategory(two, 1, 3)).toBeNull()
  expect(toggleCategory(one, 2, 3)).toBeNull()
})
