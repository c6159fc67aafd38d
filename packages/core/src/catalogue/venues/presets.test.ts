import { brotliCompressSync } from 'node:zlib'
import {
  encodeSeatGeometry,
  type SeatGeometry,
  seatKindOf,
  type VenuePreset,
  venuePreset,
} from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { checkSeatPlan } from '../check-seat-plan.ts'
import { layOutPlan } from '../lay-out-plan.ts'
import { generateSeatPlan } from './presets.ts'

const expected: Record<VenuePreset, { seats: [number, number]; wireBytes: number }> = {
  'club-50': { seats: [50, 50], wireBytes: 1_000 },
  theatre: { seats: [2_000, 3_000], wireBytes: 5_000 },
  'arena-15k': { seats: [15_000, 16_000], wireBytes: 20_000 },
  'stadium-50k': { seats: [50_000, 53_000], wireBytes: 70_000 },
  'stadium-90k': { seats: [90_000, 93_000], wireBytes: 110_000 },
}

describe.each(venuePreset.options)('the plan of %s', (preset) => {
  const document = generateSeatPlan(preset)
  const { geometry } = layOutPlan(checkSeatPlan(document))

  test('has the seats its name says, and is the same plan every time', () => {
    const [least, most] = expected[preset].seats
    expect(geometry.seatCount).toBeGreaterThanOrEqual(least)
    expect(geometry.seatCount).toBeLessThanOrEqual(most)
    expect(JSON.stringify(generateSeatPlan(preset))).toBe(JSON.stringify(document))
  })

  test('has at most 28 seats between two aisles and sections of 160 to 450 seats', () => {
    expect(Math.max(...geometry.rows.map((row) => row.seatCount))).toBeLessThanOrEqual(28)
    if (preset === 'club-50') return
    const outsized = geometry.sections.filter(({ seatCount }) => seatCount < 160 || seatCount > 450)
    expect(outsized).toEqual([])
  })

  test('has no two seats that touch', () => {
    expect(findTouching(geometry)).toEqual([])
  })

  test('is small on the wire', () => {
    expect(brotliCompressSync(encodeSeatGeometry(geometry)).length).toBeLessThan(expected[preset].wireBytes)
  })
})

test('beside each wheelchair space is a companion seat', () => {
  const { geometry } = layOutPlan(generateSeatPlan('theatre'))
  const kinds = Array.from(geometry.categoryCode, (code) => seatKindOf(geometry.categories[code]?.name ?? ''))
  const spaces = [...kinds.keys()].filter((ordinal) => kinds[ordinal] === 'accessible')
  expect(spaces.length).toBeGreaterThan(4)
  expect(
    spaces.every((ordinal) => kinds[ordinal + 1] === 'companion' || kinds[ordinal - 1] === 'companion'),
  ).toBe(true)
})

test('the arena has places to stand, numbered through their section, and seats that say their view is restricted', () => {
  const { geometry } = layOutPlan(generateSeatPlan('arena-15k'))
  const kinds = new Set(geometry.categories.map(({ name }) => seatKindOf(name)))
  expect(kinds).toEqual(new Set([undefined, 'standing', 'restricted', 'accessible', 'companion']))
  const standing = geometry.sections.filter(({ firstOrdinal }) => isStanding(geometry, firstOrdinal))
  expect(standing.map(({ name }) => name)).toEqual(['Standing A', 'Standing B', 'Standing C', 'Standing D'])
  const [first] = standing
  const numbers = geometry.seatNumber.slice(
    first?.firstOrdinal,
    (first?.firstOrdinal ?? 0) + (first?.seatCount ?? 0),
  )
  expect(numbers).toEqual(Array.from({ length: 216 }, (_, index) => String(index + 1)))
})

test("the club's seats are numbered 1 to 50, so that a number alone names a seat", () => {
  const { geometry } = layOutPlan(generateSeatPlan('club-50'))
  expect(geometry.seatNumber).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)))
})

function isStanding({ categories, categoryCode }: SeatGeometry, ordinal: number): boolean {
  return seatKindOf(categories[categoryCode[ordinal] ?? -1]?.name ?? '') === 'standing'
}

/** Pairs of seats closer than two radii, found by a grid so that 90,000 seats take no minute. */
function findTouching({ x, y, radius, seatCount }: SeatGeometry): [number, number][] {
  const cellSize = 2 * Math.max(...radius)
  const cells = new Map<string, number[]>()
  const found: [number, number][] = []
  for (let seat = 0; seat < seatCount; seat++) {
    const [sx = 0, sy = 0] = [x[seat], y[seat]]
    const [column, line] = [Math.floor(sx / cellSize), Math.floor(sy / cellSize)]
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of cells.get(`${column + dx},${line + dy}`) ?? []) {
          const apart = Math.hypot(sx - (x[other] ?? 0), sy - (y[other] ?? 0))
          if (apart < (radius[seat] ?? 0) + (radius[other] ?? 0)) found.push([other, seat])
        }
      }
    }
    const key = `${column},${line}`
    cells.set(key, [...(cells.get(key) ?? []), seat])
  }
  return found
}
