import {
  type SeatChange,
  type SeatId,
  seatId,
  type SeatStatus,
  showId,
  unpackSeatCodes,
} from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyEntry,
  findCertainlyTaken,
  isOpen,
  type MirroredShow,
  mirrorShow,
  snapshotOf,
} from './mirrored-show.ts'
import type { SeatEntry } from './seat-event.ts'

const show = { showId: showId.parse(1), firstSeatId: seatId.parse(101), seatCount: 5 }
const nowMs = 1_000_000

function seat(ordinal: number): SeatId {
  return seatId.parse(101 + ordinal)
}

function entry(
  seq: number,
  changes: SeatChange[],
  holder: { fanId?: number; heldUntilMs?: number } = {},
): SeatEntry {
  const fanId = holder.fanId as SeatEntry['event']['fanId']
  return {
    showId: show.showId,
    seq,
    event: {
      fanId: fanId ?? null,
      reservationId: null,
      state: 'HELD',
      heldUntilMs: holder.heldUntilMs ?? null,
      changes,
    },
  }
}

function empty(): MirroredShow {
  return mirrorShow(show, 10, [])
}

test('an entry is taken in once, in turn; a missing one shows as a gap and changes nothing', () => {
  const mirrored = empty()
  expect(applyEntry(mirrored, entry(12, [[seat(0), 'sold', 1]]))).toBe('gap')
  expect(mirrored.codes[0]).toBe(0)
  expect(applyEntry(mirrored, entry(11, [[seat(0), 'held', 1]]))).toBe('applied')
  expect(applyEntry(mirrored, entry(11, [[seat(0), 'sold', 2]]))).toBe('known')
  expect([...unpackSeatCodes(Buffer.from(snapshotOf(mirrored).packed, 'base64'), 5)]).toEqual([1, 0, 0, 0, 0])
  expect(snapshotOf(mirrored).seq).toBe(11)
})

test('wherever the rows were read, the entries after that position lead to the same seats', () => {
  const statuses: SeatStatus[] = ['available', 'held', 'sold']
  fc.assert(
    fc.property(
      fc.array(fc.record({ ordinal: fc.nat(4), status: fc.constantFrom(...statuses) }), { maxLength: 30 }),
      fc.nat(30),
      fc.nat(30),
      (history, one, other) => {
        const [position, read] = [
          Math.min(one, other, history.length),
          Math.min(Math.max(one, other), history.length),
        ]
        const versions = Array.from({ length: 5 }, () => 0)
        const entries = history.map(({ ordinal, status }, at) => {
          versions[ordinal] = (versions[ordinal] ?? 0) + 1
          return entry(at + 1, [[seat(ordinal), status, versions[ordinal]]])
        })
        const follow = (from: MirroredShow): MirroredShow => {
          for (const each of entries) applyEntry(from, each)
          return from
        }
        const whole = follow(mirrorShow(show, 0, []))
        // the rows may be newer than the position that was read before them
        const rows = mirrorShow(show, 0, [])
        for (const each of entries.slice(0, read)) applyEntry(rows, each)
        rows.seq = position
        expect(follow(rows).codes).toEqual(whole.codes)
      },
    ),
  )
})

test('a change published twice, the second time after a newer one, does not turn the seat back', () => {
  const mirrored = empty()
  applyEntry(mirrored, entry(11, [[seat(0), 'held', 1]]))
  applyEntry(mirrored, entry(12, [[seat(0), 'sold', 2]]))
  const sold = [...mirrored.codes]
  // the relay died before it could remove what it had published
  expect(applyEntry(mirrored, entry(13, [[seat(0), 'held', 1]]))).toBe('applied')
  expect([...mirrored.codes]).toEqual(sold)
})

test('what another holds for a good while is certain; own, free, unknown and ending holds are not', () => {
  const mirrored = empty()
  applyEntry(mirrored, entry(11, [[seat(0), 'held', 1]], { fanId: 7, heldUntilMs: nowMs + 60_000 }))
  applyEntry(mirrored, entry(12, [[seat(1), 'held', 1]], { fanId: 7, heldUntilMs: nowMs + 500 }))
  applyEntry(mirrored, entry(13, [[seat(2), 'sold', 1]], { fanId: 7 }))
  const refusal = (fanId: number, ...seatIds: SeatId[]) =>
    findCertainlyTaken(mirrored, { fanId, seatIds }, nowMs, 1_000)
  expect(refusal(8, seat(0), seat(3))).toEqual([{ seatId: seat(0), status: 'held' }])
  expect(refusal(8, seat(2))).toEqual([{ seatId: seat(2), status: 'sold' }])
  expect(refusal(7, seat(2))).toEqual([{ seatId: seat(2), status: 'sold' }])
  expect(refusal(7, seat(0))).toBeUndefined()
  expect(refusal(8, seat(0), seat(1))).toBeUndefined()
  expect(refusal(8, seat(3))).toBeUndefined()
  expect(refusal(8, seatId.parse(999))).toBeUndefined()
})

test('a hold that ran out leaves its seat open', () => {
  const mirrored = empty()
  applyEntry(mirrored, entry(11, [[seat(0), 'held', 1]], { fanId: 7, heldUntilMs: nowMs }))
  expect([isOpen(mirrored, 0, nowMs - 1), isOpen(mirrored, 0, nowMs), isOpen(mirrored, 1, nowMs)]).toEqual([
    false,
    true,
    true,
  ])
})
