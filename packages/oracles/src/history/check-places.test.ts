import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkShownPlace } from './check-places.ts'
import type { HistoryEvent } from './history-event.ts'
import { reading, told } from './testing/history-drafts.ts'

const readingOf = fc
  .record({
    isShown: fc.boolean(),
    startMs: fc.integer({ min: 1, max: 60 }),
    tookMs: fc.integer({ min: 0, max: 20 }),
    ahead: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ isShown, startMs, tookMs, ahead }) => ({
    ...(isShown ? reading : told)(1, startMs, ahead),
    endMs: startMs + tookMs,
  }))

/** Each reading that is above any that was over before it began. */
function countByPairs(history: readonly HistoryEvent[], redisLostAtMs: readonly number[]): number {
  const readings = history.filter((event) => event.op === 'place')
  return readings.filter((later) =>
    readings.some((earlier) => {
      const isOnePage = earlier.state === later.state && earlier.endMs < later.startMs
      const isRisen = (later.ahead ?? 0) > (earlier.ahead ?? 0)
      const isAcross = redisLostAtMs.some((atMs) => atMs >= earlier.startMs && atMs <= later.endMs)
      return isOnePage && isRisen && (later.state !== undefined || !isAcross)
    }),
  ).length
}

test('shown places are judged as by looking at every pair, across losses and on several devices', () => {
  const losses = fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 2 })
  fc.assert(
    fc.property(fc.array(readingOf, { maxLength: 12 }), losses, (history, redisLostAtMs) => {
      expect(checkShownPlace(history, { redisLostAtMs })).toHaveLength(countByPairs(history, redisLostAtMs))
    }),
    { numRuns: 500 },
  )
})

test('a place that was read all evening is judged at once, not by looking at every pair', () => {
  const readings = Array.from({ length: 60_000 }, (_, index) => told(1, index * 20, 60_000 - index))
  expect(checkShownPlace(readings)).toEqual([])
  expect(checkShownPlace([...readings, told(1, 1_200_001, 2)])).toHaveLength(1)
})
