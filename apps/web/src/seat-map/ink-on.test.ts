import { expect, test } from 'vitest'
import { inkOn } from './ink-on.ts'

test('numbers are black on light category colours and white on dark ones', () => {
  const light = ['#f0e442', '#56b4e9', '#e69f00', '#009e73', '#d55e00']
  expect(new Set(light.map(inkOn))).toEqual(new Set(['#000']))
  expect(new Set(['#0072b2', '#7c3aed', '#000000'].map(inkOn))).toEqual(new Set(['#fff']))
})
