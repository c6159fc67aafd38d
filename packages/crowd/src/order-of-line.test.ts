import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countAdmissionInversions, countJoinInversions, type LineWitness } from './order-of-line.ts'

const witness = (seq: number, askedMs: number, answeredMs: number, offerEndsMs?: number): LineWitness => ({
  place: { epoch: 1, seq },
  askedMs,
  answeredMs,
  ...(offerEndsMs === undefined ? {} : { offerEndsMs }),
})

test('joins that overlap in time may come out in either order', () => {
  expect(countJoinInversions([witness(2, 0, 10), witness(1, 5, 15)])).toBe(0)
})

test('whoever asked after another had their answer is behind them, or it is counted', () => {
  expect(countJoinInversions([witness(1, 0, 10), witness(2, 11, 20)])).toBe(0)
  expect(countJoinInversions([witness(2, 0, 10), witness(1, 11, 20)])).toBe(1)
})

test('a later epoch is behind an earlier one, whatever the number', () => {
  const early = { ...witness(900, 0, 10), place: { epoch: 1, seq: 900 } }
  const late = { ...witness(3, 20, 30), place: { epoch: 2, seq: 3 } }
  expect(countJoinInversions([late, early])).toBe(0)
})

test('fans let in at the same moment are in order; one let in before somebody ahead is counted', () => {
  const together = [witness(1, 0, 1, 100), witness(2, 2, 3, 100), witness(3, 4, 5, 200)]
  expect(countAdmissionInversions(together)).toBe(0)
  expect(countAdmissionInversions([witness(1, 0, 1, 200), witness(2, 2, 3, 100)])).toBe(1)
})

test('both counts agree with comparing every pair', () => {
  const fan = fc.record({
    seq: fc.nat(20),
    askedMs: fc.nat(50),
    tookMs: fc.nat(20),
    offerEndsMs: fc.option(fc.nat(5)),
  })
  fc.assert(
    fc.property(fc.uniqueArray(fan, { selector: ({ seq }) => seq, maxLength: 12 }), (fans) => {
      const all = fans.map(({ seq, askedMs, tookMs, offerEndsMs }) =>
        witness(seq, askedMs, askedMs + tookMs, offerEndsMs ?? undefined),
      )
      const overtakenJoining = all.filter((one) =>
        all.some((other) => other.answeredMs < one.askedMs && other.place.seq > one.place.seq),
      )
      const overtakenEntering = all.filter((one) =>
        all.some(
          (other) =>
            other.place.seq > one.place.seq && (other.offerEndsMs ?? Infinity) < (one.offerEndsMs ?? -1),
        ),
      )
      expect(countJoinInversions(all)).toBe(overtakenJoining.length)
      expect(countAdmissionInversions(all)).toBe(overtakenEntering.length)
    }),
  )
})
