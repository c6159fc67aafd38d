import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromField, toField } from './zoned-field.ts'

test('a field shows the venue’s clock, wherever the operator sits', () => {
  const atMs = Date.UTC(2026, 11, 24, 10, 30)
  expect(toField(atMs, 'Asia/Seoul')).toBe('2026-12-24T19:30')
  expect(toField(atMs, 'America/New_York')).toBe('2026-12-24T05:30')
  expect([toField(null, 'Asia/Seoul'), fromField('', 'Asia/Seoul')]).toEqual(['', null])
})

test('an hour that the clock leaves out is moved on, one that it has twice is the first', () => {
  expect(fromField('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30))
  expect(fromField('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
})

test('a whole minute that no clock has twice is written and read as the same', () => {
  const minutes = fc.integer({ min: 0, max: 40_000_000 })
  const zones = fc.constantFrom('Asia/Seoul', 'Asia/Kathmandu', 'UTC', 'Asia/Tokyo')
  fc.assert(
    fc.property(minutes, zones, (minute, zone) => {
      // from 2001 on: none of these has changed its clock since
      const atMs = Date.UTC(2001, 0, 1) + minute * 60_000
      expect(fromField(toField(atMs, zone), zone)).toBe(atMs)
    }),
  )
})
