import { expect, test } from 'vitest'
import { createPlaceBook } from './place-book.ts'

const fine = {
  placesTold: 3,
  joinInversions: 0,
  doubledPlaces: 0,
  letIn: 2,
  admissionInversions: 0,
  passedOver: 0,
}

function tellInTurn(places: readonly number[]): ReturnType<typeof createPlaceBook> {
  const book = createPlaceBook(places.length)
  places.forEach((place, fan) => book.tell(fan, place, book.ask()))
  return book
}

test('who comes later stands behind and goes in later', () => {
  const book = tellInTurn([11, 12, 13])
  book.letIn([0, 1])
  expect(book.verdict()).toEqual(fine)
})

test('places that were asked for at once may come in either order', () => {
  const book = createPlaceBook(3)
  const behind = book.ask()
  book.tell(0, 13, behind)
  book.tell(1, 12, behind)
  book.tell(2, 14, book.ask())
  book.letIn([1, 0])
  expect(book.verdict()).toEqual(fine)
})

test('a place ahead of one that was told before is an inversion', () => {
  expect(tellInTurn([11, 13, 12]).verdict()).toMatchObject({ joinInversions: 1 })
})

test('one place for two fans is counted', () => {
  expect(tellInTurn([11, 12, 12]).verdict()).toMatchObject({ doubledPlaces: 1 })
})

test('who is let in after somebody behind them is counted, and so is who is passed over', () => {
  const late = tellInTurn([11, 12, 13])
  late.letIn([0, 2])
  late.letIn([1])
  expect(late.verdict()).toMatchObject({ admissionInversions: 1, passedOver: 0 })
  const over = tellInTurn([11, 12, 13])
  over.letIn([0, 2])
  expect(over.verdict()).toMatchObject({ admissionInversions: 0, passedOver: 1 })
})
