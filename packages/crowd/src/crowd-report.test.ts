import { DomainError, seatId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { createCrowdLedger } from './crowd-ledger.ts'
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
  line: { witnesses: 2, isLottery: false, joinInversions: 0, admissionInversions: 0 },
  seatsSoldTwice: 0,
  wallets: { checked: 2, off: 0, offMinor: 0 },
  maps: { observers: 1, converged: 1, heldSeats: 0, soldButShownFree: [] },
}

test('a run where everything held says so', () => {
  expect(findBroken(good)).toEqual([])
  expect(formatReport(good)).toContain('every invariant held')
})

test.each<[string, Partial<CrowdReport>]>([
  ['a seat sold twice', { seatsSoldTwice: 1 }],
  ['a wallet that is off', { wallets: { checked: 2, off: 1, offMinor: 5 } }],
  ['a place lost while joining', { line: { ...good.line, joinInversions: 1 } }],
  ['a place lost while being let in', { line: { ...good.line, admissionInversions: 1 } }],
  ['a map that is wrong', { maps: { ...good.maps, converged: 0 } }],
  ['a paid seat that is not sold', { maps: { ...good.maps, soldButShownFree: [seatId.parse(1)] } }],
  ['a fan who failed', { outcomes: { failed: 1 } }],
])('%s breaks the run', (_, change) => {
  expect(findBroken({ ...good, ...change })).toHaveLength(1)
  expect(formatReport({ ...good, ...change })).toContain('BROKEN')
})

test('a lottery may order its fans as it likes', () => {
  expect(findBroken({ ...good, line: { ...good.line, isLottery: true, joinInversions: 9 } })).toEqual([])
})

test('a seat that two payments were told is theirs is found', () => {
  const ledger = createCrowdLedger()
  ledger.notePaid(1, [seatId.parse(10), seatId.parse(11)], 200)
  ledger.notePaid(2, [seatId.parse(11)], 100)
  expect(ledger.soldTwice()).toEqual([11])
  expect(ledger.soldSeats()).toEqual([10, 11])
})

test('what a wallet must hold is what was charged less what was paid', () => {
  const ledger = createCrowdLedger()
  ledger.noteCharged(1, 500)
  ledger.notePaid(1, [], 200)
  expect(ledger.expectedBalanceMinor(1)).toBe(300)
  expect(ledger.expectedBalanceMinor(2)).toBe(0)
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
