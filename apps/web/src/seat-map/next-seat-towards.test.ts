import { expect, test } from 'vitest'
import { nextSeatTowards } from './next-seat-towards.ts'
import { createSeatIndex } from './seat-index.ts'
import { makeGeometry } from './testing/make-geometry.ts'

const geometry = makeGeometry([
  { name: 'A', rows: [4, 4] },
  { name: 'B', rows: [4] },
])
const plan = { geometry, index: createSeatIndex(geometry) }

test('arrows go to the neighbour on that side', () => {
  expect(nextSeatTowards(plan, 1, 'right')).toBe(2)
  expect(nextSeatTowards(plan, 1, 'left')).toBe(0)
  expect(nextSeatTowards(plan, 1, 'down')).toBe(5)
  expect(nextSeatTowards(plan, 5, 'up')).toBe(1)
})

test('an aisle is crossed into the next section', () => {
  expect(nextSeatTowards(plan, 3, 'right')).toBe(8)
  expect(nextSeatTowards(plan, 8, 'left')).toBe(3)
})

test('at the edge of the plan there is no next seat', () => {
  expect(nextSeatTowards(plan, 0, 'left')).toBeUndefined()
  expect(nextSeatTowards(plan, 0, 'up')).toBeUndefined()
})

test('a block turned by 45 degrees can be walked through whole with the four arrows', () => {
  const turned = makeGeometry([{ name: 'A', rows: [5, 5, 5] }])
  for (let ordinal = 0; ordinal < turned.seatCount; ordinal++) {
    const x = turned.x[ordinal] ?? 0
    const y = turned.y[ordinal] ?? 0
    turned.x[ordinal] = (x - y) * Math.SQRT1_2
    turned.y[ordinal] = (x + y) * Math.SQRT1_2
  }
  const turnedPlan = { geometry: turned, index: createSeatIndex(turned) }
  const reached = new Set([0])
  for (const ordinal of reached) {
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const next = nextSeatTowards(turnedPlan, ordinal, direction)
      if (next !== undefined) reached.add(next)
    }
  }
  expect(reached.size).toBe(turned.seatCount)
})
