import type { Entry, LinePhase } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { type FanPhase, fanPhaseOf } from './fan-phase.ts'

const opensAtMs = 1_000
const waiting = (ahead: number | null): Entry => ({
  state: 'waiting',
  receipt: 'r',
  ahead,
  admittedTotalAtRead: 0,
  asOfMs: 1,
  refreshAfterMs: 1,
})
const none: Entry = { state: 'none' }
const offered: Entry = { state: 'offered', pass: 'p', claimBeforeMs: 2, asOfMs: 1 }
const active: Entry = { state: 'active', pass: 'p', expiresAtMs: 2, asOfMs: 1 }

test.for<[string, Entry, LinePhase, number, FanPhase]>([
  ['before the lobby', none, 'before', 0, 'before'],
  ['in the lobby, not joined', none, 'lobby', 0, 'lobby'],
  ['in the lobby', waiting(null), 'lobby', 999, 'lobby'],
  ['at the opening, not drawn yet', waiting(null), 'lobby', 1_000, 'placing'],
  ['drawn, the number not read yet', waiting(null), 'open', 1_001, 'placing'],
  ['in line', waiting(7), 'open', 2_000, 'waiting'],
  ['not in line', none, 'open', 2_000, 'open'],
  ['in line while paused', waiting(7), 'paused', 2_000, 'paused'],
  ['in line while nothing is left', waiting(7), 'soldOut', 2_000, 'soldOut'],
  ['in line while the sale drains', waiting(7), 'draining', 2_000, 'draining'],
  ['with an offer', offered, 'open', 2_000, 'turn'],
  ['with an offer while paused: it can still be claimed', offered, 'paused', 2_000, 'turn'],
  ['with an offer when it closed: it cannot be claimed any more', offered, 'closed', 2_000, 'closed'],
  ['inside', active, 'open', 2_000, 'inside'],
  ['inside when it closed: the pass still holds', active, 'closed', 2_000, 'inside'],
])('%s', ([, entry, phase, nowMs, expected]) => {
  expect(fanPhaseOf(entry, { phase }, opensAtMs, nowMs)).toBe(expected)
})
