import { expect, test } from 'vitest'
import { createSeatBoard } from './seat-board.ts'
import { createSeatFeed } from './seat-feed.ts'
import { noMarks } from './seat-look.ts'
import { makeGeometry, makeSeatState } from './testing/make-geometry.ts'
import { readWantedStock } from './wanted-stock.ts'

// section A has category 0 alone, section B category 1
const geometry = makeGeometry([
  { name: 'A', rows: [3] },
  { name: 'B', rows: [2] },
])
const prices = { priceMinor: (category: number) => [100, 50][category] }

function openBoard(taken: Parameters<typeof makeSeatState>[1]) {
  const feed = createSeatFeed()
  const board = createSeatBoard(geometry, feed)
  board.open()
  feed.showSnapshot(makeSeatState(geometry, taken))
  board.catchUp()
  return board
}

test('a section that is sold out has none left; one without seats of the chosen prices says nothing of it', () => {
  const board = openBoard({ 3: 'sold', 4: 'sold', 0: 'held' })
  const read = (section: number, categories: number[] | null) =>
    readWantedStock(
      { board, geometry, marks: { ...noMarks, categoryFilter: categories && new Set(categories) } },
      prices,
      section,
    )
  expect(read(0, null)).toEqual({ left: 2, minPriceMinor: 100 })
  expect(read(1, null)).toEqual({ left: 0, minPriceMinor: undefined })
  expect(read(0, [0])).toEqual({ left: 2, minPriceMinor: 100 })
  expect(read(1, [0])).toEqual({ left: undefined, minPriceMinor: undefined })
  expect(read(1, [1])).toEqual({ left: 0, minPriceMinor: undefined })
})
