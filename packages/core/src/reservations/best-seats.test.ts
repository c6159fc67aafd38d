import type { SeatGeometry } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { chooseBestSeats, longestOpenRun } from './best-seats.ts'
import { layOutSeats, type SeatLayout } from './seat-layout.ts'

/**
 * Rows front to back as texts: a letter is a seat of that category, a space an aisle one seat wide. The stage is in front
 * of the middle.
 */
function hall(...rows: string[]): SeatLayout {
  return hallOf(rows)
}

/** Each row is a section of its own, called by its number; the letters stand for these categories in turn. */
function hallOf(rows: string[], categoryNames: string[] = []): SeatLayout {
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
    categories: categoryNames.map((name) => ({ name, color: '#888888' })),
    decorations: [],
    seatCount: seats.length,
    sections: rows.map((_, at) => ({
      name: String(at),
      firstRow: at,
      rowCount: 1,
      firstOrdinal: 0,
      seatCount: 0,
      label: { x: 0, y: 0 },
      outlines: [],
    })),
    rows: rows.map((row, at) => {
      const seatCount = row.replaceAll(' ', '').length
      firstOrdinal += seatCount
      return { label: String(at), sectionIndex: at, firstOrdinal: firstOrdinal - seatCount, seatCount }
    }),
    x: Float32Array.from(seats, (seat) => seat.x),
    y: Float32Array.from(seats, (seat) => seat.y),
    radius: new Uint16Array(seats.length),
    categoryCode: Uint8Array.from(seats, (seat) => 'abcde'.indexOf(seat.letter)),
    rowIndex: Uint32Array.from(seats, (seat) => seat.row),
    seatNumber: seats.map((seat) => String(seat.x + 1)),
  }
  return layOutSeats(geometry)
}

/** `.` is open, anything else taken; spaces between are for reading. */
function choose(
  layout: SeatLayout,
  states: string,
  wish: { quantity: number; categoryCode?: number; section?: string },
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

test('a section that was asked for is kept to, one that does not exist has no seats', () => {
  const layout = hall('aaaa', 'aaaa')
  expect(choose(layout, '.... ....', { quantity: 2, section: '1' })).toEqual([4, 5])
  expect(choose(layout, '.... .xxx', { quantity: 2, section: '1' })).toBeUndefined()
  expect(choose(layout, '.... ....', { quantity: 2, section: 'none' })).toBeUndefined()
})

test('nobody is given a wheelchair space, a companion seat, a restricted view or a standing place unasked', () => {
  const layout = hallOf(['bcde', 'aa'], ['A', 'Wheelchair', 'Companion', 'Restricted view', 'Standing'])
  expect(choose(layout, '.... .x', { quantity: 1 })).toEqual([4])
  expect(choose(layout, '.... xx', { quantity: 1 })).toBeUndefined()
  expect(choose(layout, '.... xx', { quantity: 1, section: '0' })).toBeUndefined()
  const named = [1, 2, 3, 4].map((categoryCode) => choose(layout, '.... xx', { quantity: 1, categoryCode }))
  expect(named).toEqual([[0], [1], [2], [3]])
})

test('whoever asks for a wheelchair space and more gets the companion seat beside it, never that alone', () => {
  const layout = hallOf(['bcbc'], ['A', 'Wheelchair', 'Companion'])
  expect(choose(layout, '....', { quantity: 2, categoryCode: 1 })).toEqual([0, 1])
  expect(choose(layout, 'x...', { quantity: 3, categoryCode: 1 })).toEqual([1, 2, 3])
  expect(choose(layout, 'x.x.', { quantity: 1, categoryCode: 1 })).toBeUndefined()
})

test('standing places need no neighbours, only one section, which may be named', () => {
  const layout = hallOf(['bbbb', 'bbbb'], ['A', 'Standing'])
  expect(choose(layout, '.x.x ....', { quantity: 2, categoryCode: 1 })).toEqual([0, 2])
  expect(choose(layout, '.x.x ....', { quantity: 3, categoryCode: 1 })).toEqual([4, 5, 6])
  expect(choose(layout, '.... .x.x', { quantity: 2, section: '1' })).toEqual([4, 6])
  expect(choose(layout, '.x.x .x.x', { quantity: 3, categoryCode: 1 })).toBeUndefined()
  expect(longestOpenRun(layout, { categoryCode: 1, isOpen: openIn('.x.x ..x.') })).toBe(3)
})
