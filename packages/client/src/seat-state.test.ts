import type { SeatFrame } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyFrame,
  applySnapshot,
  countSeats,
  readSeatStatus,
  type SeatState,
  seatStateOf,
} from './seat-state.ts'
import { anyStatus, createModelShow, type ModelShow } from './testing/model-show.ts'

const seatCount = 5

/** What may happen between a server and one client, in any order. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('change'), seat: fc.nat(seatCount - 1), code: fc.nat(3) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('frame'), back: fc.nat(6), length: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('snapshotStart') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('snapshotEnd') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('holdPublishing') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('publish') }) },
)
type Happening = { kind: string; seat?: number; code?: number; back?: number; length?: number }

type Apply = (state: SeatState, frame: SeatFrame) => unknown

function live(happenings: Happening[], apply: Apply): { show: ModelShow; state: SeatState } {
  const show = createModelShow(seatCount)
  const state = seatStateOf(show.snapshot())
  let slow = show.snapshot()
  for (const each of happenings) {
    if (each.kind === 'change') show.change(each.seat ?? 0, anyStatus(each.code ?? 0))
    if (each.kind === 'holdPublishing') show.holdPublishing()
    if (each.kind === 'publish') show.publish()
    if (each.kind === 'snapshotStart') slow = show.snapshot()
    if (each.kind === 'snapshotEnd') applySnapshot(state, slow)
    if (each.kind === 'frame') {
      // any range: late, repeated, overlapping, or beyond a gap
      const from = Math.max(0, show.seq() - (each.back ?? 0))
      apply(state, show.frame(from, Math.min(show.seq(), from + (each.length ?? 0))))
    }
  }
  show.publish()
  return { show, state }
}

test('any order, repetition and loss of frames, then one repair: the client shows what the rows say', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const { show, state } = live(happenings, applyFrame)
      applyFrame(state, show.frame(state.seq))
      expect(state.codes).toEqual(show.codes())
      expect(state.seq).toBe(show.seq())
    }),
    { numRuns: 500 },
  )
})

test('without the gap check the same play ends with a wrong map', () => {
  const applyAnything: Apply = (state, frame) => {
    // pretends that nothing is missing before the frame
    applyFrame(state, { ...frame, from: Math.min(frame.from, state.seq) })
  }
  const run = fc.check(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const { show, state } = live(happenings, applyAnything)
      applyFrame(state, show.frame(state.seq))
      return state.codes.every((code, ordinal) => code === show.codes()[ordinal])
    }),
    { numRuns: 500 },
  )
  expect(run.failed).toBe(true)
})

test('a frame beyond a gap changes nothing', () => {
  const show = createModelShow(2)
  const state = seatStateOf(show.snapshot())
  show.change(0, 'held')
  show.change(1, 'sold')
  expect(applyFrame(state, show.frame(1))).toEqual({ kind: 'gap' })
  expect(countSeats(state)).toEqual({ available: 2, held: 0, sold: 0, blocked: 0 })
})

test('a late frame never turns a seat back', () => {
  const show = createModelShow(1)
  const state = seatStateOf(show.snapshot())
  show.change(0, 'held')
  const late = show.frame(0)
  show.change(0, 'sold')
  applyFrame(state, show.frame(0))
  expect(applyFrame(state, late)).toEqual({ kind: 'old' })
  expect(readSeatStatus(state, late.changes[0]?.[0] ?? (0 as never))).toBe('sold')
})

test('a change published twice, the second time after a newer one, does not turn the seat back', () => {
  const show = createModelShow(1)
  const state = seatStateOf(show.snapshot())
  show.change(0, 'held')
  show.change(0, 'sold')
  applyFrame(state, show.frame(0))
  const again = show.frame(0, 1)
  const outcome = applyFrame(state, { ...again, from: state.seq, to: state.seq + 1 })
  expect(outcome).toEqual({ kind: 'applied', changes: [] })
  expect(state.codes).toEqual(show.codes())
})

test('without versions the same repeat turns the seat back', () => {
  const show = createModelShow(1)
  const state = seatStateOf(show.snapshot())
  show.change(0, 'held')
  show.change(0, 'sold')
  applyFrame(state, show.frame(0))
  state.versions.fill(0)
  applyFrame(state, { ...show.frame(0, 1), from: state.seq, to: state.seq + 1 })
  expect(state.codes).not.toEqual(show.codes())
})

test('a snapshot older than what is known is not taken', () => {
  const show = createModelShow(1)
  const old = show.snapshot()
  const state = seatStateOf(old)
  show.change(0, 'held')
  applyFrame(state, show.frame(0))
  expect(applySnapshot(state, old)).toBe(false)
  expect(state.codes).toEqual(show.codes())
})

test('a seat of another show is not known and not changed', () => {
  const show = createModelShow(1)
  const state = seatStateOf(show.snapshot())
  const outside = 999 as (typeof state)['firstSeatId']
  expect(readSeatStatus(state, outside)).toBeUndefined()
  expect(applyFrame(state, { showId: show.showId, from: 0, to: 1, changes: [[outside, 'sold', 1]] })).toEqual(
    {
      kind: 'applied',
      changes: [],
    },
  )
})
