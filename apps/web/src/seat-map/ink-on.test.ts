import { expect, test } from 'vitest'
import { inkOn } from './ink-on.ts'

test('numbers are black on light category colours and white on dark ones', () => {
  expect(['#f0e442', '#56b4e9', '#e69f00', '#009e73'].map(inkOn)).toEqual(['#000', '#000', '#000', '#000'])
  expect(['#0072b2', '#d55e00', '#7c3aed', '#000000'].map(inkOn)).toEqual(['#fff', '#fff', '#fff', '#fff'])
})
