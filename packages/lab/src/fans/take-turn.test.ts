import type { Entry } from '@greenroom/contract'
import { checkHistory, type HistoryEvent, type LinePlace } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { describeEntry } from './take-turn.ts'

const place = { epoch: 1, seq: 7 }

function offerOf({ epoch, seq }: LinePlace): Extract<Entry, { state: 'offered' }> {
  const body = Buffer.from(JSON.stringify({ e: epoch, s: seq })).toString('base64url')
  return { state: 'offered', pass: `head.${body}.sign`, claimBeforeMs: 5_000, asOfMs: 0 }
}

function joinedAt(joined: LinePlace): HistoryEvent {
  const call = { actor: 1, fanId: 1, concertId: 1, startMs: 0, endMs: 1, outcome: 'ok' as const }
  return { op: 'join', ...call, state: 'waiting', place: joined }
}

test('an entry that was pushed late is no later than its join for certain', () => {
  const { pass } = offerOf(place)
  const told = { state: 'active', pass, expiresAtMs: 9_000, asOfMs: 0 } as const
  const entry = describeEntry(joinedAt(place), { concertId: 1, entry: told })
  expect(entry).toMatchObject({ op: 'enter', outcome: 'ok', startMs: 0, place, untilMs: 9_000 })
  // so that the next place, which another device was told before the push came, is no second one
  const next = { epoch: 1, seq: 9 }
  const elsewhere = { ...joinedAt(next), actor: -1, startMs: 2, endMs: 3 }
  expect(checkHistory([joinedAt(place), elsewhere, entry], {})).toEqual([])
})
