import { expect, test } from 'vitest'
import { contrastOf } from './contrast.ts'

test('black on white has all there is, a colour on itself none, either way round', () => {
  expect(contrastOf([0, 0, 0], [255, 255, 255])).toBeCloseTo(21)
  expect(contrastOf([255, 255, 255], [0, 0, 0])).toBeCloseTo(21)
  expect(contrastOf([90, 120, 30], [90, 120, 30])).toBe(1)
})

test('the grey that is just enough for text on white is just enough', () => {
  expect(contrastOf([118, 118, 118], [255, 255, 255])).toBeGreaterThan(4.5)
  expect(contrastOf([119, 119, 119], [255, 255, 255])).toBeLessThan(4.5)
})
