import { DomainError, seatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { type CrowdReport, findBroken, formatReport } from './crowd-report.ts'
import { createMeasurements, percentile } from './measurements.ts'

const good: CrowdReport = {
  fans: 2,
  seconds: 1,
  phases: [{ name: 'sale', seconds: 1 }],
  outcomes: { bought: 2 },
  failures: {},
  operations: [],
  seatsSold: 2,
  paidMinor: 100,
  currency: 'KRW',
  lostRaces: 0,
  holds: { releasedSeats: 0, leftSeats: 0 },
  line: { witnesses: 2, isLottery: false },
  calls: 20,
  oracles: [
    { name: 'no-seat-is-sold-twice', of: 'history', faults: [] },
    { name: 'money-sums-to-zero', of: 'database', faults: [] },
  ],
  unchecked: [],
  checks: 1,
  wallets: { checked: 2, off: 0, offMinor: 0 },
  maps: { observers: 1, converged: 1, differences: [], heldSeats: 0, soldButShownFree: [] },
}

test('a run where everything held says so', () => {
  expect(findBroken(good)).toEqual([])
  expect(formatReport(good)).toContain('every invariant held')
  expect(formatReport(good)).toMatch(/not asked, .*: .*refused-has-no-effect/)
})

test.each<[string, Partial<CrowdReport>]>([
  [
    'what fans saw breaking a rule',
    { oracles: [{ name: 'no-seat-is-sold-twice', of: 'history', faults: ['seat 1', 'seat 2'] }] },
  ],
  [
    'a rule of the database that is broken',
    { oracles: [{ name: 'money-sums-to-zero', of: 'database', faults: ['fans hold 1'] }] },
  ],
  ['a wallet that is off', { wallets: { checked: 2, off: 1, offMinor: 5 } }],
  ['a check that could not be made', { unchecked: ['the audit: no connection'] }],
  ['a paid seat that is not sold', { maps: { ...good.maps, soldButShownFree: [seatId.parse(1)] } }],
  ['a fan who failed', { outcomes: { failed: 1 } }],
])('%s breaks the run', (_, change) => {
  expect(findBroken({ ...good, ...change })).toHaveLength(1)
  expect(formatReport({ ...good, ...change })).toContain('BROKEN')
})

test('answers, refusals and failures are counted apart, and passed on', async () => {
  const { measure, figures } = createMeasurements()
  await measure('hold', () => Promise.resolve(1))
  await expect(
    measure('hold', () => Promise.reject(new DomainError('SEATS_TAKEN', { seats: [] }))),
  ).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
  await expect(measure('hold', () => Promise.reject(new Error('no connection')))).rejects.toMatchObject({
    message: 'no connection',
  })
  expect(figures()).toMatchObject([{ name: 'hold', calls: 3, ok: 1, refused: { SEATS_TAKEN: 1 }, failed: 1 }])
})

test('a percentile is a value that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100])
  expect(percentile([7], 0.99)).toBe(7)
  expect(percentile([], 0.5)).toBe(0)
})
