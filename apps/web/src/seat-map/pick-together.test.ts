import { expect, test } from 'vitest'
import { pickTogether } from './pick-together.ts'
import { seatPlanOf } from './seat-plan.ts'
import { makeGeometry } from './testing/make-geometry.ts'

const plan = seatPlanOf(makeGeometry([{ name: 'A', rows: [8, 8] }]))
const openIn = (states: string) => (ordinal: number) => states.replaceAll(' ', '')[ordinal] === '.'
const pick = (at: number, count: number, states = '........ ........') =>
  pickTogether(plan, { at, count, canHave: openIn(states) })

test('one press picks neighbours around the pressed seat, in its row alone', () => {
  expect(pick(4, 1)).toEqual([4])
  expect(pick(4, 3)).toEqual([3, 4, 5])
  expect(pick(7, 3)).toEqual([5, 6, 7])
  expect(pick(8, 2)).toEqual([8, 9])
})

test('rather than leave a single seat alone they move aside', () => {
  expect(pick(1, 2)).toEqual([0, 1])
  expect(pick(2, 3, '......xx ........')).toEqual([0, 1, 2])
  expect(pick(1, 1, '.....xxx ........')).toEqual([1])
})

test('where fewer are open side by side, it is those', () => {
  expect(pick(3, 4, '..x...x. ........')).toEqual([3, 4, 5])
})

test('a party pays one price, but a wheelchair and its companion belong together', () => {
  const priced = (names: [string, string], codes: number[]) =>
    seatPlanOf({
      ...plan.geometry,
      categories: names.map((name) => ({ name, color: '#000000' })),
      categoryCode: Uint8Array.from([...codes, ...codes]),
    })
  const all = () => true
  const codes = [0, 0, 0, 1, 1, 0, 1, 0]
  expect(pickTogether(priced(['R', 'S'], codes), { at: 2, count: 4, canHave: all })).toEqual([0, 1, 2])
  const mixed = priced(['Wheelchair', 'Companion'], codes)
  expect(pickTogether(mixed, { at: 6, count: 4, canHave: all })).toHaveLength(4)
})
