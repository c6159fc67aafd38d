import { expect, test } from 'vitest'
import { canPickSeat, detailAt, pickingPitchPx } from './level-of-detail.ts'

test('from afar sections, nearer seats, nearest numbers', () => {
  expect([1.5, 8, 24].map((pitchPx) => detailAt(pitchPx).level)).toEqual(['sections', 'seats', 'numbers'])
})

test('coming closer, seats only grow clearer and tint and names only fainter', () => {
  const pitches = Array.from({ length: 60 }, (_, index) => index)
  const details = pitches.map(detailAt)
  details.slice(1).forEach((detail, index) => {
    const before = details[index]
    expect(detail.seats).toBeGreaterThanOrEqual(before?.seats ?? 0)
    expect(detail.tint).toBeLessThanOrEqual(before?.tint ?? 1)
    expect(detail.names).toBeLessThanOrEqual(before?.names ?? 1)
  })
})

test('a finger needs larger seats than a mouse, and where a tap leads to they are large enough', () => {
  expect(canPickSeat(9, 'mouse')).toBe(true)
  expect(canPickSeat(9, 'finger')).toBe(false)
  expect(canPickSeat(pickingPitchPx, 'finger')).toBe(true)
})
