import { type SeatChange, type SeatStatus, seatId } from '@greenroom/contract'
import { seatStatusCode } from '@greenroom/contract/plain'
import { expect, test } from 'vitest'
import { createSeatBoard } from './seat-board.ts'
import { createSeatFeed } from './seat-feed.ts'
import { makeGeometry, makeSeatState } from './testing/make-geometry.ts'

const geometry = makeGeometry([
  { name: 'A', rows: [3] },
  { name: 'B', rows: [3] },
])

function openShow(taken: Parameters<typeof makeSeatState>[1] = {}) {
  const feed = createSeatFeed()
  const state = makeSeatState(geometry, taken)
  const board = createSeatBoard(geometry, feed)
  const close = board.open()
  const change = (ordinal: number, status: SeatStatus): void => {
    state.codes[ordinal] = seatStatusCode[status]
    const news: SeatChange = [seatId.parse(1001 + ordinal), status, 2]
    feed.showChanges(state, [news])
  }
  return { feed, state, board, close, change }
}

test('before the first snapshot nothing is known, and no seat counts as left', () => {
  const { board } = openShow()
  expect(board.isKnown()).toBe(false)
  expect(board.catchUp()).toEqual({ changed: [], returned: [] })
  expect(board.stock.countSection(0)).toBe(0)
})

test('a snapshot is drawn whole and counted by section and category', () => {
  const { feed, state, board } = openShow({ 0: 'sold', 1: 'held' })
  feed.showSnapshot(state)
  expect(board.catchUp().changed).toBe('all')
  expect([board.stock.countSection(0), board.stock.countSection(1)]).toEqual([1, 3])
  expect([board.stock.count(1, 0), board.stock.count(1, 1)]).toEqual([0, 3])
})

test('however many frames come between two pictures, each changed seat is drawn once', () => {
  const { feed, state, board, change } = openShow()
  feed.showSnapshot(state)
  board.catchUp()
  change(0, 'held')
  change(1, 'held')
  change(1, 'available')
  change(0, 'sold')
  expect(board.catchUp()).toEqual({ changed: [0], returned: [] })
  expect(board.catchUp()).toEqual({ changed: [], returned: [] })
  expect(board.stock.countSection(0)).toBe(2)
})

test('a seat that comes back is told apart from one that was free all along', () => {
  const { feed, state, board, change } = openShow({ 2: 'held' })
  feed.showSnapshot(state)
  board.catchUp()
  change(2, 'available')
  change(3, 'available')
  expect(board.catchUp()).toEqual({ changed: [2], returned: [2] })
})

test('a second snapshot draws only what differs, and lets nothing glow', () => {
  const { feed, state, board } = openShow({ 2: 'held' })
  feed.showSnapshot(state)
  board.catchUp()
  state.codes[2] = seatStatusCode.available
  feed.showSnapshot(state)
  expect(board.catchUp()).toEqual({ changed: [2], returned: [] })
})

test('a board opened after the snapshot knows it all the same', () => {
  const feed = createSeatFeed()
  feed.showSnapshot(makeSeatState(geometry, { 0: 'sold' }))
  const board = createSeatBoard(geometry, feed)
  board.open()
  board.catchUp()
  expect(board.stock.countSection(0)).toBe(2)
})

test('a closed board hears nothing; opened again it has caught up', () => {
  const { feed, state, board, close, change } = openShow()
  feed.showSnapshot(state)
  board.catchUp()
  close()
  change(0, 'sold')
  expect(board.catchUp().changed).toEqual([])
  board.open()
  expect(board.catchUp().changed).toEqual([0])
})
