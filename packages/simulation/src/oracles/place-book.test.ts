import { expect, test } from 'vitest'
import { createPlaceBook, type PlaceBook } from './place-book.ts'

const claimWindowMs = 200
const place = (epoch: number, seq: number) => ({ epoch, seq: 2 ** 39 + seq })

function keepBook(): { book: PlaceBook; found: string[] } {
  const found: string[] = []
  return { found, book: createPlaceBook((_oracle, fault) => found.push(fault), { claimWindowMs }) }
}

/** A call of that length which is answered with a place. */
function join(
  book: PlaceBook,
  fanId: number,
  { seq, fromMs, toMs }: { seq: number; fromMs: number; toMs: number },
): void {
  const ended = book.noteAsked(fanId, fromMs)
  ended(true, toMs)
  book.noteTold(fanId, place(2, seq), fromMs, toMs)
}

test('who asks after another was told their place and is told a sooner one is an inversion', () => {
  const { book, found } = keepBook()
  join(book, 1, { seq: 2, fromMs: 0, toMs: 10 })
  join(book, 2, { seq: 1, fromMs: 20, toMs: 30 })
  expect(found).toEqual(['fan 2 got 2:1 after fan 1 had 2:2'])
})

test('who asked at the same time may have either place', () => {
  const { book, found } = keepBook()
  join(book, 2, { seq: 2, fromMs: 0, toMs: 10 })
  join(book, 1, { seq: 1, fromMs: 5, toMs: 30 })
  expect(found).toEqual([])
})

test('a place that was lost under its call may come back', () => {
  const { book, found } = keepBook()
  const ended = book.noteAsked(1, 100)
  book.noteLoss(105)
  ended(true, 110)
  book.noteTold(1, place(5, 1), 100, 110)
  book.noteTold(1, place(2, 1), 900, 910)
  expect(found).toEqual([])
})

test('a place that lapsed under a call longer than the claim window may come back; of a shorter call there was no other', () => {
  const { book, found } = keepBook()
  join(book, 1, { seq: 3, fromMs: 0, toMs: claimWindowMs + 1 })
  book.noteTold(1, place(2, 1), 900, 910)
  expect(found).toEqual([])

  const short = keepBook()
  join(short.book, 1, { seq: 3, fromMs: 0, toMs: claimWindowMs })
  short.book.noteTold(1, place(2, 1), 900, 910)
  expect(short.found).toEqual(['fan 1 got 2:1 after fan 1 had 2:3'])
})
