import { expect, test } from 'vitest'
import { makeGeometry } from './testing/make-geometry.ts'
import { createViewFrom } from './view-from.ts'

/** Three blocks side by side, five rows deep, seats half a metre (10 units) apart. */
const rows = [5, 5, 5, 5, 5]
const geometry = makeGeometry([
  { name: 'Left', rows },
  { name: 'Middle', rows },
  { name: 'Right', rows },
])
const firstOf = (section: number): number => geometry.sections[section]?.firstOrdinal ?? 0

test('a seat is left, right or in front as one who faces the stage says it, wherever the plan draws the stage', () => {
  const sides = (focus: { x: number; y: number }) => {
    const viewFrom = createViewFrom({ ...geometry, focus })
    return [0, 1, 2].map((section) => viewFrom(firstOf(section) + 2).side)
  }
  expect(sides({ x: 120, y: -30 })).toEqual(['farLeft', 'front', 'farRight'])
  expect(sides({ x: 120, y: -150 })).toEqual(['left', 'front', 'right'])
  // a stage below the seats: who faces it has the plan's left at the right
  expect(sides({ x: 120, y: 190 })).toEqual(['right', 'front', 'left'])
})

test('a stage in the middle of its audience has no sides', () => {
  expect(createViewFrom({ ...geometry, focus: { x: 120, y: 20 } })(0).side).toBe('around')
})

test('the way to the stage is told in metres, coarser from afar', () => {
  const metresAt = (distance: number) =>
    createViewFrom({ ...geometry, focus: { x: 100, y: -distance } })(firstOf(1)).metres
  expect([62, 415, 1_000, 1_330].map(metresAt)).toEqual([3, 20, 50, 70])
})
