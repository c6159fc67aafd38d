import { type Entry, instantMs } from '@greenroom/contract'
import type { JoinEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { noteOffer } from './note-offer.ts'

const offerOf = (seq: number, claimBeforeMs: number): Entry => ({
  state: 'offered',
  pass: `head.${Buffer.from(JSON.stringify({ e: 1, s: seq })).toString('base64url')}.mac`,
  claimBeforeMs: instantMs.parse(claimBeforeMs),
  asOfMs: instantMs.parse(1),
})
const joinAt = (seq: number, state: JoinEvent['state'] = 'waiting'): JoinEvent => ({
  op: 'join',
  actor: 1,
  fanId: 1,
  concertId: 1,
  startMs: 1,
  endMs: 2,
  outcome: 'ok',
  state,
  place: { epoch: 1, seq },
})

test('an offer dates the join that took its place, and the first one does', () => {
  const joined = joinAt(5)
  noteOffer(joined, offerOf(5, 100))
  noteOffer(joined, offerOf(5, 200))
  expect(joined.offerEndsMs).toBe(100)
})

test('an offer for the next place, pushed before the join that took it was answered, does not date the last one', () => {
  const joined = joinAt(5)
  noteOffer(joined, offerOf(6, 100))
  expect(joined.offerEndsMs).toBeUndefined()
})

test('who was inside at once was not let in by an offer', () => {
  const joined = joinAt(5, 'active')
  noteOffer(joined, offerOf(5, 100))
  expect(joined.offerEndsMs).toBeUndefined()
})
