import { seatNameAt } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { layOutPlan } from './lay-out-plan.ts'
import type { SeatPlanDocument } from './seat-plan-document.ts'
import { smallPlan } from './testing/small-plan.ts'

test('a seat stands at zone + row + seat position, in the order of the document', () => {
  const { geometry, guids } = layOutPlan(smallPlan())
  expect(guids).toEqual(['Front-1', 'Front-2', 'Front-3', 'Back-1', 'Back-2', 'Back-3'])
  expect([...geometry.x]).toEqual([40, 65, 90, 40, 65, 90])
  expect([...geometry.y]).toEqual([120, 120, 120, 150, 150, 150])
  expect([...geometry.categoryCode]).toEqual([0, 0, 0, 1, 1, 1])
  expect(geometry.seatPitch).toBe(25)
})

test('labels are what fans read: %s stands for the number, and a zone without a name goes by its id', () => {
  const plan = smallPlan()
  Object.assign(plan.zones[0] ?? {}, { name: undefined })
  Object.assign(plan.zones[0]?.rows[0] ?? {}, { row_label: 'Row %s', seat_label: 'No. %s' })
  const { geometry } = layOutPlan(plan)
  expect(seatNameAt(geometry, 1)).toEqual({ section: 'hall', row: 'Row A', number: 'No. 2' })
  expect(seatNameAt(geometry, 4)).toEqual({ section: 'hall', row: 'B', number: '2' })
})

test('a zone whose labels repeat becomes numbered sections, so that a ticket names one seat', () => {
  const plan = smallPlan()
  const hall = plan.zones[0]
  if (hall === undefined) throw new Error('no zone')
  const copy = hall.rows.map((row) => ({
    ...row,
    position: { x: 500, y: row.position?.y ?? 0 },
    seats: row.seats.map((seat) => ({ ...seat, seat_guid: `right ${seat.seat_guid}` })),
  }))
  const { geometry } = layOutPlan({ ...plan, zones: [{ ...hall, rows: [...hall.rows, ...copy] }] })
  expect(geometry.sections.map((section) => [section.name, section.seatCount])).toEqual([
    ['Hall 1', 6],
    ['Hall 2', 6],
  ])
  expect(namesOf(plan).size).toBe(6)
  const names = Array.from({ length: 12 }, (_, ordinal) => JSON.stringify(seatNameAt(geometry, ordinal)))
  expect(new Set(names).size).toBe(12)
})

test('a zone of two blocks with distinct labels stays one section with two outlines', () => {
  const plan = smallPlan()
  Object.assign(plan.zones[0]?.rows[1] ?? {}, { position: { x: 900, y: 100 } })
  const { geometry } = layOutPlan(plan)
  expect(geometry.sections).toMatchObject([{ name: 'Hall', seatCount: 6 }])
  expect(geometry.sections[0]?.outlines).toHaveLength(2)
})

test('fans look at the stage, else at the largest area, else at the top', () => {
  const plan = smallPlan()
  expect(layOutPlan(plan).geometry.focus).toEqual({ x: 60, y: 40 })
  plan.zones[0]?.areas?.unshift({ shape: 'circle', circle: { radius: 400 }, position: { x: 0, y: 0 } })
  expect(layOutPlan(plan).geometry.focus).toEqual({ x: 60, y: 40 })
  Object.assign(plan.zones[0]?.areas?.[1] ?? {}, { text: undefined })
  expect(layOutPlan(plan).geometry.focus).toEqual({ x: 10, y: 20 })
  Object.assign(plan.zones[0] ?? {}, { areas: [] })
  expect(layOutPlan(plan).geometry.focus).toEqual({ x: 65, y: 120 })
})

test('an area without a shape, or without the size of its shape, draws nothing', () => {
  const plan = smallPlan()
  plan.zones[0]?.areas?.push(
    {},
    { shape: 'circle' },
    { shape: 'text', text: { text: '', position: { x: 0, y: 0 } } },
  )
  expect(layOutPlan(plan).geometry.decorations).toHaveLength(1)
})

test('everything drawn lies within the bounds', () => {
  const { geometry } = layOutPlan(smallPlan())
  expect(geometry.bounds.minX).toBeLessThanOrEqual(10)
  expect(geometry.bounds.minY).toBeLessThanOrEqual(20)
  expect(geometry.bounds.maxX).toBeGreaterThanOrEqual(110)
  expect(geometry.bounds.maxY).toBeGreaterThanOrEqual(150)
})

function namesOf(plan: SeatPlanDocument): Set<string> {
  const { geometry } = layOutPlan(plan)
  return new Set(Array.from(geometry.x, (_, ordinal) => JSON.stringify(seatNameAt(geometry, ordinal))))
}
