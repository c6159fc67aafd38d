import type { SeatGeometry } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { chooseBestSeats, longestOpenRun } from './best-seats.ts'
import { layOutSeats, type SeatLayout } from './seat-layout.ts'

/**
 * Rows front to back as texts: a letter is a seat of that category, a space an aisle one seat wide. The stage is in front
 * of the middle.
 */
function hall(...rows: string[]): SeatLayout {
  const seats = rows.flatMap((row, y) =>
    row.split('').flatMap((letter, x) => (letter === ' ' ? [] : [{ x, y: y + 1, row: y, letter }])),
  )
  const width = Math.max(...rows.map((row) => row.length))
  let firstOrdinal = 0
  const geometry: SeatGeometry = {
    name: 'Hall',
    step: 0.5,
    bounds: { minX: 0, minY: 0, maxX: width, maxY: rows.length },
    focus: { x: (width - 1) / 2, y: 0 },
    seatPitch: 1,
    guidDigest: '',
    categories: [],
    decorations: [],
    seatCount: seats.length,
    sections: [],
    rows: rows.map((row, at) => {
      const seatCount = row.replaceAll(' ', '').length
      firstOrdinal += seatCount
      return { label: String(at), sectionIndex: 0, firstOrdinal: firstOrdinal - seatCount, seatCount }
    }),
    x: Float32Array.from(seats, (seat) => seat.x),
    y: Float32Array.from(seats, (seat) => seat.y),
    radius: new Uint16Array(seats.length),
    categoryCode: Uint8Array.from(seats, (seat) => (seat.letter === 'b' ? 1 : 0)),
    rowIndex: Uint32Array.from(seats, (seat) => seat.row),
    seatNumber: seats.map((seat) => String(seat.x + 1)),
  }
  return layOutSeats(geometry)
}

/** `.` is open, anything else taken; spaces between are for reading. */
function choose(
  layout: SeatLayout,
  states: string,
  wish: { quantity: number; categoryCode?: number },
  random = 0,
) {
  return chooseBestSeats(layout, {
    ...wish,
    isOpen: openIn(states),
    choices: 1,
    spreadSeats: 3,
    random: () => random,
  })
}

function openIn(states: string): (ordinal: number) => boolean {
  const seats = states.replaceAll(' ', '')
  return (ordinal) => seats[ordinal] === '.'
}

test('an empty hall gives the middle of the front row', () => {
  expect(choose(hall('aaaaaa', 'aaaaaa'), '......  ......', { quantity: 2 })).toEqual([2, 3])
})

test('a group never sits across an aisle or in two rows', () => {
  const layout = hall('aa aa', 'aaa')
  expect(choose(layout, '.... ...', { quantity: 3 })).toEqual([4, 5, 6])
  expect(choose(layout, '.... ...', { quantity: 4 })).toBeUndefined()
})

test('a category that was asked for is kept to', () => {
  expect(choose(hall('aabb', 'bbbb'), '.... ....', { quantity: 2, categoryCode: 1 })).toEqual([2, 3])
})

test('no single seat is left over unless there is no other way', () => {
  const layout = hall('aaaaa')
  expect(choose(layout, '.....', { quantity: 2 })).not.toEqual([1, 2])
  expect(choose(layout, '...xx', { quantity: 2 })).toEqual([1, 2])
})

test('of nearly equal places chance decides, and all of them are open', () => {
  const layout = hall('aaaaaaaa', 'aaaaaaaa')
  const states = '..xx.... ........'
  const drawn = new Set<string>()
  for (let draw = 0; draw < 1; draw += 0.05) {
    const seats = chooseBestSeats(layout, {
      quantity: 2,
      isOpen: openIn(states),
      choices: 8,
      spreadSeats: 3,
      random: () => draw,
    })
    expect(seats?.every(openIn(states))).toBe(true)
    drawn.add(String(seats))
  }
  expect(drawn.size).toBeGreaterThan(2)
})

test('the longest open run says what could be had', () => {
  const layout = hall('aa aaa', 'bbbb')
  expect(longestOpenRun(layout, { isOpen: openIn('..... .x..') })).toBe(3)
  expect(longestOpenRun(layout, { categoryCode: 1, isOpen: openIn('..... .x..') })).toBe(2)
})
