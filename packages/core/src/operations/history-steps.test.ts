import { mostHistoryPoints } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleSlotSeconds, stepSecondsOf } from './history-steps.ts'

test.for([
  [0, 5],
  [900, 5],
  [3_600, 10],
  [86_400, 145],
  [30 * 86_400, 4_320],
] as const)('a span of %i s has steps of %i s', ([span, step]) => {
  expect(stepSecondsOf(span)).toBe(step)
})

test('no span has more points than an answer may have, and steps are whole slots', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 * 86_400 }), fc.double({ min: 0, max: 1, noNaN: true }), (span, offset) => {
      const step = stepSecondsOf(span)
      expect(step % sampleSlotSeconds).toBe(0)
      // steps are counted from the epoch, so a span begins anywhere in one
      const first = Math.floor((offset * step) / step)
      const last = Math.floor((offset * step + span) / step)
      expect(last - first + 1).toBeLessThanOrEqual(mostHistoryPoints)
    }),
  )
})
