import { expect, test } from 'vitest'
import { placeLabels } from './place-labels.ts'

const long = { width: 80, height: 40, text: 'long' }
const short = { width: 20, height: 12, text: 'short' }
const wishAt = (x: number, roomWidth: number) => ({
  middle: { x, y: 0 },
  room: { minX: x - roomWidth / 2, maxX: x + roomWidth / 2, minY: -30, maxY: 30 },
  versions: [long, short],
})

test('where all have room, all say everything', () => {
  const placed = placeLabels([wishAt(0, 100), wishAt(200, 100)])
  expect(placed.map(({ version }) => version.text)).toEqual(['long', 'long'])
})

test('where most have no room for the long version, nobody gets it: equals look equal', () => {
  const placed = placeLabels([wishAt(0, 100), wishAt(200, 30), wishAt(300, 30)])
  expect(placed.map(({ version }) => version.text)).toEqual(['short', 'short', 'short'])
})

test('no two labels overlap; one that would is left out', () => {
  expect(placeLabels([wishAt(0, 30), wishAt(10, 30)])).toHaveLength(1)
  // the twin: a little further off both are there
  expect(placeLabels([wishAt(0, 30), wishAt(21, 30)])).toHaveLength(2)
})

test('a label without any room is left out', () => {
  expect(placeLabels([wishAt(0, 10)])).toEqual([])
})
