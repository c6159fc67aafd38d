import { DomainError, isDomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { checkSeatPlan, parseSeatPlan } from './check-seat-plan.ts'
import { layOutPlan } from './lay-out-plan.ts'
import { smallPlan } from './testing/small-plan.ts'

type Loose = Record<string, unknown>

/** The plan with one place changed: `zones.0.rows.1.seat_label`. */
function spoil(path: string, value: unknown): unknown {
  const plan: unknown = smallPlan()
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const owner = keys.reduce((inner, key) => (inner as Loose)[key], plan)
  ;(owner as Loose)[last] = value
  return plan
}

function faultsOf(document: unknown, options = {}): { path: string; message: string }[] {
  try {
    checkSeatPlan(document, options)
    return []
  } catch (error) {
    if (!isDomainError(error, 'SEAT_PLAN_INVALID')) throw error
    return error.details.faults
  }
}

test('a plan of the format is accepted as it is', () => {
  expect(checkSeatPlan(smallPlan())).toEqual(smallPlan())
})

test.each([
  ['name', 7, 'name'],
  ['name', undefined, 'name'],
  ['extra', 1, 'extra'],
  ['size', { width: 10, height: 1.5 }, 'size.height'],
  ['size', { width: 10 }, 'size.height'],
  ['zones', {}, 'zones'],
  ['zones.0.colour', 'red', 'zones[0].colour'],
  ['zones.0.position', { x: 1 }, 'zones[0].position.y'],
  ['zones.0.position', { x: 1, y: 2, z: 3 }, 'zones[0].position.z'],
  ['zones.0.position.x', Number.NaN, 'zones[0].position.x'],
  ['zones.0.position.x', 1e300, 'zones[0].position.x'],
  ['zones.0.rows.1.seats', null, 'zones[0].rows[1].seats'],
  ['zones.0.rows.1.row_label', 3, 'zones[0].rows[1].row_label'],
  ['zones.0.rows.1.row_number_position', 'middle', 'zones[0].rows[1].row_number_position'],
  ['zones.0.rows.1.seats.2.seat_guid', undefined, 'zones[0].rows[1].seats[2].seat_guid'],
  ['zones.0.rows.1.seats.2.seat_guid', '', 'zones[0].rows[1].seats[2].seat_guid'],
  ['zones.0.rows.1.seats.2.seat_guid', 'Front-1', 'zones[0].rows[1].seats[2].seat_guid'],
  ['zones.0.rows.1.seats.2.seat_number', 3, 'zones[0].rows[1].seats[2].seat_number'],
  ['zones.0.rows.1.seats.2.seat_number', 'a\0b', 'zones[0].rows[1].seats[2].seat_number'],
  ['zones.0.rows.1.seats.2.seat_number', '\ud800', 'zones[0].rows[1].seats[2].seat_number'],
  ['zones.0.rows.1.seats.2.seat_number', '9'.repeat(201), 'zones[0].rows[1].seats[2].seat_number'],
  ['zones.0.rows.1.seats.2.radius', 0, 'zones[0].rows[1].seats[2].radius'],
  ['zones.0.rows.1.seats.2.radius', 2.5, 'zones[0].rows[1].seats[2].radius'],
  ['zones.0.rows.1.seats.2.category', 'Balcony', 'zones[0].rows[1].seats[2].category'],
  ['zones.0.rows.1.seats.2.price', 5, 'zones[0].rows[1].seats[2].price'],
  ['categories.2', { name: 'Front' }, 'categories[2].name'],
  ['categories.1', {}, 'categories[1].name'],
  ['zones.0.areas.0.shape', 'star', 'zones[0].areas[0].shape'],
  ['zones.0.areas.0.rectangle.width', 10.5, 'zones[0].areas[0].rectangle.width'],
  ['zones.0.areas.0.text.size', 12.5, 'zones[0].areas[0].text.size'],
  ['zones', [], 'zones'],
])('%s = %j is refused at its own path', (place, value, path) => {
  expect(faultsOf(spoil(place, value))).toMatchObject([{ path, message: expect.any(String) }])
})

test('every fault is named, not the first alone, but no more than a hundred', () => {
  const plan = smallPlan()
  plan.zones[0]?.rows.forEach((row) => row.seats.forEach((seat) => Object.assign(seat, { category: 'None' })))
  expect(faultsOf(plan)).toHaveLength(6)
  const seats = Array.from({ length: 500 }, () => ({}))
  const faults = faultsOf(spoil('zones.0.rows.0.seats', seats))
  expect(faults).toHaveLength(101)
  expect(faults.at(-1)).toEqual({ path: '', message: 'and 1900 more faults' })
})

test('a repeated global id names both seats; without the check, the plan would have laid out two seats as one', () => {
  const twice = spoil('zones.0.rows.1.seats.2.seat_guid', 'Front-1')
  expect(faultsOf(twice)).toEqual([
    {
      path: 'zones[0].rows[1].seats[2].seat_guid',
      message: '"Front-1" is also zones[0].rows[0].seats[0].seat_guid',
    },
  ])
  const unchecked = layOutPlan(twice as ReturnType<typeof smallPlan>)
  expect(new Set(unchecked.guids).size).toBeLessThan(unchecked.guids.length)
})

test('more seats than a plan may have are refused', () => {
  const seats = Array.from({ length: 200_001 }, (_, index) => ({
    seat_guid: String(index),
    seat_number: String(index),
    position: { x: 0, y: 0 },
    category: 'Front',
  }))
  expect(faultsOf(spoil('zones.0.rows', [{ row_number: 'A', seats }]))).toEqual([
    { path: 'zones', message: '200001 seats are more than 200000' },
  ])
})

test('fractions as sizes of decorations are rounded when that is asked for, and nothing else is', () => {
  const fractions = spoil('zones.0.areas.0.rectangle', { width: 99.6, height: 40.2 })
  const rounded = checkSeatPlan(fractions, { roundAreaSizes: true })
  expect(rounded.zones[0]?.areas?.[0]?.rectangle).toEqual({ width: 100, height: 40 })
  expect(faultsOf(spoil('zones.0.rows.0.seats.0.radius', 9.5), { roundAreaSizes: true })).toMatchObject([
    { path: 'zones[0].rows[0].seats[0].radius', message: expect.any(String) },
  ])
  expect(faultsOf({ zones: [{ areas: 'none' }, 7] }, { roundAreaSizes: true }).length).toBeGreaterThan(0)
})

test.each([
  ['', /not JSON/],
  ['{"zones": [', /not JSON/],
  [' '.repeat(64 * 1024 * 1024 + 1), /larger than 64 MiB/],
])('a file that cannot be read is one fault', (text, message) => {
  const refused = catchRefusal(() => parseSeatPlan(text))
  expect(refused.details).toEqual({ faults: [{ path: '', message: expect.stringMatching(message) }] })
})

function catchRefusal(work: () => unknown): DomainError {
  try {
    work()
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
