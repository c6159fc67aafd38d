import { concertId, type WorkChallenge } from '@greenroom/contract'
import { beforeEach, expect, test } from 'vitest'
import { keepWork, takeUpWork, type Work } from './kept-work.ts'

const concert = concertId.parse(7)
const minuteMs = 60_000
const texts = new Map<string, string>()
const storage = {
  getItem: (key: string) => texts.get(key) ?? null,
  setItem: (key: string, text: string) => void texts.set(key, text),
  removeItem: (key: string) => void texts.delete(key),
}
beforeEach(() => texts.clear())

/** A challenge as it is asked after so many minutes. */
const askedAfter = (minutes: number, bits = 18): WorkChallenge => ({
  kind: 'work',
  challenge: `asked after ${minutes}`,
  bits,
  expiresAtMs: (minutes + 5) * minuteMs,
})
const begun: Work = { challenge: askedAfter(0), answers: [3, 1, 4] }

test('work that was begun is taken up, however often the page is left', () => {
  keepWork(storage, concert, begun)
  for (const _ of [1, 2]) expect(takeUpWork(storage, concert, askedAfter(2))).toEqual(begun)
})

test('work that is done is taken up once: its answer may have been lost, or it is refused', () => {
  const done = { ...begun, answers: [3, 1, 4, 1, 5, 9, 2, 6] }
  keepWork(storage, concert, done)
  expect(takeUpWork(storage, concert, askedAfter(2))).toEqual(done)
  expect(takeUpWork(storage, concert, askedAfter(2))).toEqual({ challenge: askedAfter(2), answers: [] })
})

test.for([
  { what: 'too little time is left', asked: askedAfter(3) },
  { what: 'more is asked for by now', asked: askedAfter(1, 19) },
])('it is begun anew when $what', ({ asked }) => {
  keepWork(storage, concert, begun)
  expect(takeUpWork(storage, concert, asked)).toEqual({ challenge: asked, answers: [] })
})

test('the work for one line is none for another', () => {
  keepWork(storage, concert, begun)
  expect(takeUpWork(storage, concertId.parse(8), askedAfter(0)).answers).toEqual([])
  expect(takeUpWork(storage, concert, askedAfter(0)).answers).toEqual([3, 1, 4])
})
