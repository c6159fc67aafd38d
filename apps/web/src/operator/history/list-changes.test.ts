import { expect, test } from 'vitest'
import { listChanges } from './list-changes.ts'

test('tells what is other than before, and nothing of what is not', () => {
  expect(
    listChanges({ capacity: 100, rate: null, name: 'a' }, { capacity: 250, rate: null, name: 'a' }),
  ).toEqual([{ path: 'capacity', before: '100', after: '250' }])
})

test('what came or went has no other side', () => {
  expect(listChanges({ old: 1 }, { fresh: true })).toEqual([
    { path: 'fresh', before: undefined, after: 'true' },
    { path: 'old', before: '1', after: undefined },
  ])
})

test('goes into objects by their path, and takes a list as one', () => {
  expect(
    listChanges({ title: { ko: '가', en: 'A' }, ids: [1, 2] }, { title: { ko: '나', en: 'A' }, ids: [1] }),
  ).toEqual([
    { path: 'title.ko', before: '가', after: '나' },
    { path: 'ids', before: '[1,2]', after: '[1]' },
  ])
})

test.for([undefined, null])('%s on one side leaves all of the other', (nothing) => {
  expect(listChanges(nothing, { url: 'https://a.example' })).toHaveLength(1)
  expect(listChanges({ url: 'https://a.example' }, nothing)).toHaveLength(1)
  expect(listChanges(nothing, nothing)).toEqual([])
})

test('no state is too large for the page', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`field${at}`, at]))
  expect(listChanges(null, many)).toHaveLength(40)
})
