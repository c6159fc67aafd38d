import { concertId, instantMs, saleStopId, showId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { describeChecks, hasSeenSince, type OwnCheck } from './own-checks.ts'

const checkOf = (at: number, oracles: string[], broken: string[] = []): OwnCheck => ({
  oracles,
  violations: broken.map((oracle) => ({ oracle, fault: `fault of ${oracle}` })),
  tookMs: 5_000,
  checkedAtMs: instantMs.parse(at),
  ageMs: 1_000,
})
const [money, message] = ['money-sums-to-zero', 'every-seat-change-is-published']
const brokenOf = (...args: Parameters<typeof describeChecks>): string[] =>
  describeChecks(...args).flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))

test('a check that was stored after a moment, and looked before it, has not seen what came in between', () => {
  expect(hasSeenSince(checkOf(1, []), 4_000)).toBe(false)
  expect(hasSeenSince(checkOf(1, []), 10_000)).toBe(true)
})

test('what a check found in the middle of the sale is told, although the last one finds nothing', () => {
  const before = [checkOf(1, [money, message], [money]), checkOf(2, [money, message], [money])]
  expect(brokenOf(before, checkOf(3, [message]), [])).toEqual([`${money}: fault of ${money}`])
})

test('what is told late in the middle of the sale is no fault, and one in the end is', () => {
  const late = checkOf(1, [message], [message])
  expect(brokenOf([late], checkOf(2, [message]), [])).toEqual([])
  expect(brokenOf([late], { ...late, checkedAtMs: instantMs.parse(2) }, [])).toHaveLength(1)
})

test('a show that was stopped is a fault', () => {
  const stop = {
    stopId: saleStopId.parse(1),
    showId: showId.parse(1),
    concertId: concertId.parse(1),
    startsAtMs: instantMs.parse(1),
    oracle: money,
    fault: 'a fault',
    stoppedAtMs: instantMs.parse(1),
    openOfShow: 1,
  }
  expect(brokenOf([], checkOf(1, []), [stop])).toEqual(['no-show-is-stopped: show 1 is stopped'])
})
