import { seatStatusCode } from '@greenroom/contract/plain'
import { expect, test } from 'vitest'
import { canToggle, lookOf, noMarks } from './seat-look.ts'

const marks = { ...noMarks, selection: new Set([1, 2]), mine: new Set([3]) }

test('a selected seat that someone else took looks taken, not selected', () => {
  expect(lookOf(seatStatusCode.available, 1, marks)).toBe('selected')
  expect(lookOf(seatStatusCode.held, 1, marks)).toBe('held')
  expect(lookOf(seatStatusCode.sold, 2, marks)).toBe('sold')
})

test('a seat the fan holds is theirs, while to everybody else it is held', () => {
  expect(lookOf(seatStatusCode.held, 3, marks)).toBe('mine')
  expect(lookOf(seatStatusCode.held, 3, noMarks)).toBe('held')
})

test('only what can be had or was selected can be toggled', () => {
  const looks = ['available', 'selected', 'mine', 'held', 'sold', 'blocked'] as const
  expect(looks.filter(canToggle)).toEqual(['available', 'selected'])
})
