import { expect, test } from 'vitest'
import { seatPlanOf } from '../seat-map/index.ts'
import { makeGeometry } from '../seat-map/testing/make-geometry.ts'
import { planPick } from './plan-pick.ts'

const plan = seatPlanOf(makeGeometry([{ name: 'A', rows: [8, 8] }]))
const pick = (at: number, party: number | null, selection: number[] = [], room = 4) =>
  planPick(plan, { at, party, room, selection: new Set(selection), isFree: (ordinal) => ordinal !== 10 })

test('who has not said how many picks one by one, up to the limit', () => {
  expect(pick(3, null)).toMatchObject({ seats: [3], isMove: false })
  expect(pick(3, null, [0, 1, 2])).toMatchObject({ seats: [3], isMove: false })
  expect(pick(4, null, [0, 1, 2, 3])).toBeUndefined()
})

test('who has gets all of them by one press, then what is missing, then the party moves', () => {
  expect(pick(1, 3)).toMatchObject({ seats: [0, 1, 2], isMove: false })
  expect(pick(3, 3, [0, 1])).toMatchObject({ seats: [3], isMove: false })
  expect(pick(13, 3, [0, 1, 2])).toMatchObject({ seats: [11, 12, 13], isMove: true })
  expect(pick(2, 2, [0, 1])).toMatchObject({ isMove: true })
})

test('where fewer are side by side it says so', () => {
  expect(pick(8, 3)).toEqual({ seats: [8, 9], isMove: false, isShort: true })
})

test('seats already held leave less room', () => {
  expect(pick(3, 4, [], 2)?.seats).toHaveLength(2)
  expect(pick(3, 4, [], 0)).toBeUndefined()
})
