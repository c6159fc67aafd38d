import type { HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { type History, record, recordCall, recordShown } from './history.ts'

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

test('an answer that cannot be read is in the history as a call that may have had its effect, and is told', async () => {
  const history: History = { events: [], onEvent: () => undefined }
  const spoilt = { op: 'leave' as const, actor: 1, fanId: 1, concertId: 1 }
  const readNothing = (): never => {
    throw new Error('a token says no place')
  }
  for (const write of [record, recordCall])
    await expect(write(history, spoilt, async () => 'spoilt', readNothing)).rejects.toThrow('cannot be read')
  expect(history.events.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
})
