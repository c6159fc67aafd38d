import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLoadWindow } from './load-window.ts'
import { loadReport, mergeReports } from './load-report.ts'

test('what was noted within the last three seconds is told, and nothing older', () => {
  let nowMs = 100_000
  const window = createLoadWindow(() => nowMs)
  window.noteCall('inside', 800)
  window.noteRefused('overload')
  nowMs += 3_000
  window.noteCall('inside', 10)
  window.noteCall('crowd', 40)
  nowMs += 500
  const load = mergeReports([window.report({ lagP99Ms: 7 })], 0)
  expect(load.inside).toMatchObject({ perSecond: 1 / 2.5, p50Ms: 10.7, p99Ms: 10.7 })
  expect(load).toMatchObject({ processes: 1, refusedPerSecond: 0, loopLagP99Ms: 7 })
  expect(load.all.perSecond).toBeCloseTo(2 / 2.5)
})

test('what was refused for overload and what a rule refused are told apart, of several processes together', () => {
  const nowMs = 3_000
  const windows = [createLoadWindow(() => nowMs - 2_000), createLoadWindow(() => nowMs - 2_000)]
  for (const window of windows) {
    window.noteRefused('overload')
    window.noteRefused('rules')
    window.noteRefused('rules')
  }
  const reports = windows.map((window) => ({ ...window.report({ lagP99Ms: 0 }), spanMs: 2_000 }))
  expect(mergeReports(reports, 0)).toMatchObject({ refusedPerSecond: 1, refusedByRulesPerSecond: 2 })
  const { refusedByRules: _, ...before } = windows[0]?.report({ lagP99Ms: 0 }) ?? {}
  expect(loadReport.parse(before)).toMatchObject({ refused: 1, refusedByRules: 0 })
})

test('the pool is told as the mean of all looks, with those who wait', () => {
  let nowMs = 5_000
  const window = createLoadWindow(() => nowMs)
  window.notePool({ size: 4, total: 4, idle: 0, waiting: 6 })
  nowMs += 1_000
  window.notePool({ size: 4, total: 4, idle: 2, waiting: 0 })
  nowMs += 1_000
  // a second that has not been looked at yet says nothing of the pool
  window.noteCall('crowd', 1)
  expect(mergeReports([window.report({ lagP99Ms: 0 })], 0).pool).toEqual({
    size: 4,
    total: 4,
    waiting: 3,
    use: (3 + 3) / 4,
  })
})

test('a window that lives for long keeps a bounded memory and never tells more than the last three seconds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }), (pauses) => {
      let nowMs = 0
      const window = createLoadWindow(() => nowMs)
      const at = pauses.map((pause) => {
        nowMs += pause
        window.noteCall('crowd', pause)
        return nowMs
      })
      const { crowd } = window.report({ lagP99Ms: 0 })
      const told = crowd.reduce((sum, count) => sum + count, 0)
      expect(told).toBe(at.filter((ms) => Math.floor(ms / 1_000) > Math.floor(nowMs / 1_000) - 3).length)
    }),
  )
})
