import type { HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { type History, recordCall, recordShown } from './history.ts'

test('what a fan was shown is in the history as answers are, and is told apart from them', async () => {
  const told: [HistoryEvent['op'], string][] = []
  const history: History = { events: [], onEvent: ({ op }, source) => void told.push([op, source]) }
  const who = { actor: 1, fanId: 1, concertId: 1 }
  await recordCall(history, { op: 'leave', ...who }, async () => undefined)
  recordShown(history, { op: 'place', ...who, startMs: 1, endMs: 1, outcome: 'ok', ahead: 3 })
  expect(history.events.map(({ op }) => op)).toEqual(['leave', 'place'])
  expect(told).toEqual([
    ['leave', 'answer'],
    ['place', 'shown'],
  ])
})
