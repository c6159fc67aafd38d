import { expect, test } from 'vitest'
import { litLamps } from './lamp-bar.tsx'

test.each([
  [0, 0],
  [Number.NaN, 0],
  [0.0001, 1],
  [0.5, 6],
  [0.9999, 11],
  [1, 12],
  [7, 12],
])('a share of %d lights %d of 12 lamps: only empty is dark, only full is all lit', (share, lit) => {
  expect(litLamps(share, 12)).toBe(lit)
})
