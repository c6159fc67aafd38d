import { expect, test } from 'vitest'
import { fitBox, isBoxInside, seenBox, toPlan, toScreen } from './view.ts'

const view = { k: 2.5, x: -40, y: 13 }
const size = { width: 390, height: 640 }

test('a point of the plan that goes to the screen and back is the same point', () => {
  const point = { x: 123.25, y: -7.5 }
  const back = toPlan(view, toScreen(view, point))
  expect(back.x).toBeCloseTo(point.x)
  expect(back.y).toBeCloseTo(point.y)
})

test('what is seen is exactly what the corners of the screen show', () => {
  const seen = seenBox(view, size)
  expect(toScreen(view, { x: seen.minX, y: seen.minY })).toEqual({ x: 0, y: 0 })
  expect(toScreen(view, { x: seen.maxX, y: seen.maxY })).toEqual({ x: 390, y: 640 })
})

test('a fitted box is seen whole, in the middle, with the padding on its tighter sides', () => {
  const box = { minX: 0, minY: 0, maxX: 1000, maxY: 300 }
  const fitted = fitBox(box, size, 20)
  expect(isBoxInside(box, seenBox(fitted, size))).toBe(true)
  expect(toScreen(fitted, { x: 0, y: 0 }).x).toBeCloseTo(20)
  const middle = toScreen(fitted, { x: 500, y: 150 })
  expect([middle.x, middle.y]).toEqual([195, 320])
})

test('fitting a box of one point comes no closer than allowed', () => {
  const fitted = fitBox({ minX: 5, minY: 5, maxX: 5, maxY: 5 }, size, 20, 4)
  expect(fitted.k).toBe(4)
})
