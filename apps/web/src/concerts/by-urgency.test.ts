import { type ConcertSummary, concertId, type LinePhase } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { byUrgency } from './by-urgency.ts'

function concert(id: number, phase: LinePhase, opensAtMs: number): ConcertSummary {
  return {
    concertId: concertId.parse(id),
    title: { ko: '제목', en: 'Title' },
    artist: 'Artist',
    venue: { ko: '곳', en: 'Place' },
    timeZone: 'Asia/Seoul',
    currency: 'KRW',
    phase,
    lobbyOpensAtMs: null,
    opensAtMs,
    closesAtMs: null,
    firstShowAtMs: 0,
    lastShowAtMs: 0,
    minPriceMinor: 0,
    maxPriceMinor: 0,
    accentColor: '#000000',
    asOfMs: 0,
  }
}

test('a lobby comes first, then what is on sale, then what opens later; what is over is last', () => {
  const order = byUrgency([
    concert(1, 'closed', 1),
    concert(2, 'before', 9),
    concert(3, 'open', 5),
    concert(4, 'lobby', 7),
    concert(5, 'before', 8),
    concert(6, 'open', 5),
  ]).map((each) => each.concertId)
  expect(order).toEqual([4, 3, 6, 5, 2, 1])
})
