import { expect, test } from 'vitest'
import { findPlanBox, findSection, placeStage } from './plan-shapes.ts'
import { makeGeometry } from './testing/make-geometry.ts'
import { isBoxInside } from './view.ts'

const geometry = makeGeometry([
  { name: 'A', rows: [6, 6, 6] },
  { name: 'B', rows: [6, 6, 6] },
])

test('a point belongs to the section whose outline holds it, and to none beside them', () => {
  expect(findSection(geometry, { x: 25, y: 12 })).toBe(0)
  expect(findSection(geometry, { x: 125, y: 12 })).toBe(1)
  expect(findSection(geometry, { x: 80, y: 12 })).toBeUndefined()
})

test('a plan without a stage gets one in front of its seats, clear of them all and inside the overview', () => {
  const stage = placeStage(geometry)
  expect(stage?.box.maxY).toBeLessThan(0)
  expect(stage !== undefined && isBoxInside(stage.box, findPlanBox(geometry, stage))).toBe(true)
})

test('a plan that draws its own stage keeps it', () => {
  const drawn = {
    ...geometry,
    decorations: [
      {
        shape: 'circle' as const,
        radius: 5,
        position: { x: 0, y: 0 },
        rotation: 0,
        color: '#000000',
        borderColor: '#000000',
        text: null,
      },
    ],
  }
  expect(placeStage(drawn)).toBeUndefined()
})
