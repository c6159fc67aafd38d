import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lagBehind } from './replica.ts'

const marks = [
  { lsn: 100, atMs: 1_000 },
  { lsn: 200, atMs: 2_000 },
  { lsn: 200, atMs: 3_000 },
  { lsn: 300, atMs: 4_000 },
]

test.each([
  ['everything known has arrived', 300, { behindMs: 500, lackingMs: 0 }],
  ['the last writes are missing', 250, { behindMs: 1_500, lackingMs: 500 }],
  ['an idle second is no lag', 200, { behindMs: 1_500, lackingMs: 500 }],
  ['writes are missing for long', 100, { behindMs: 3_500, lackingMs: 2_500 }],
  ['nothing known has arrived', 99, undefined],
])('%s', (_says, replayed, lag) => {
  expect(lagBehind(marks, replayed, 4_500)).toEqual(lag)
})

test('of a primary that nobody has asked yet nothing is known', () => {
  expect(lagBehind([], 1_000, 5)).toBeUndefined()
})

test('whatever the marks: what was written longer ago than it is behind has arrived', () => {
  const steps = fc.array(fc.record({ bytes: fc.nat(50), ms: fc.integer({ min: 1, max: 500 }) }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(steps, fc.nat(2_000), (each, replayed) => {
      let mark = { lsn: 0, atMs: 0 }
      const all = each.map(({ bytes, ms }) => (mark = { lsn: mark.lsn + bytes, atMs: mark.atMs + ms }))
      const lag = lagBehind(all, replayed, mark.atMs)
      const arrived = all.filter(
        ({ atMs }) => atMs <= mark.atMs - (lag?.behindMs ?? Number.POSITIVE_INFINITY),
      )
      expect(arrived.every(({ lsn }) => lsn <= replayed)).toBe(true)
      expect(lag?.lackingMs ?? 0).toBeLessThanOrEqual(lag?.behindMs ?? 0)
    }),
  )
})
