import { expect, test } from 'vitest'
import { seatKindOf } from './seat-kind.ts'

test.each([
  ['Wheelchair', 'accessible'],
  ['휠체어석', 'accessible'],
  ['Wheelchair companion', 'companion'],
  ['휠체어 동반석', 'companion'],
  ['S (restricted view)', 'restricted'],
  ['시야제한 R', 'restricted'],
  ['Standing A', 'standing'],
  ['스탠딩', 'standing'],
  ['VIP', undefined],
  ['Outstanding', undefined],
])('a category called %s is of kind %s', (name, kind) => {
  expect(seatKindOf(name)).toBe(kind)
})
