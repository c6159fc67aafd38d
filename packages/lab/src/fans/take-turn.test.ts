import type { HistoryEvent, LinePlace } from '@greenroom/oracles'
import type { Entry } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { noteOffer } from './take-turn.ts'
import { openPage } from './wait-in-line.ts'

const place = { epoch: 1, seq: 7 }

function offerOf({ epoch, seq }: LinePlace): Extract<Entry, { state: 'offered' }> {
  const body = Buffer.from(JSON.stringify({ e: epoch, s: seq })).toString('base64url')
  return { state: 'offered', pass: `head.${body}.sign`, claimBeforeMs: 5_000, asOfMs: 0 }
}

function joinedAt(joined: LinePlace): HistoryEvent {
  const call = { actor: 1, fanId: 1, concertId: 1, startMs: 0, endMs: 1, outcome: 'ok' as const }
  return { op: 'join', ...call, state: 'waiting', place: joined }
}

test('an offer dates the place that was joined for', () => {
  const event = joinedAt(place)
  noteOffer(event, offerOf(place))
  expect(event).toMatchObject({ offerEndsMs: 5_000 })
})

test('an offer for the next place, which another device took, does not date the last one', () => {
  const event = joinedAt(place)
  noteOffer(event, offerOf({ epoch: 1, seq: 9 }))
  noteOffer(event, offerOf({ epoch: 2, seq: 7 }))
  expect(event).not.toHaveProperty('offerEndsMs')
})

test('of all pages of a fan the first one that shows a place is compared', () => {
  const fan = { watchedPlaces: new Set<string>() }
  const [phone, laptop] = [openPage(fan, 1), openPage(fan, 1)]
  expect([phone(place), laptop(place), phone(place)]).toEqual([true, false, true])
  const next = { epoch: 1, seq: 8 }
  expect([laptop(next), phone(next), laptop(next)]).toEqual([true, false, true])
  expect(openPage(fan, 2)(place)).toBe(true)
})
