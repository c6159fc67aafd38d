import { expect, test } from 'vitest'
import { changedParts } from './changed-parts.ts'

test('a form says what was changed in it, and nothing of the rest', () => {
  const before = { title: { ko: '가', en: 'A' }, seatsPerFan: 4, closesAtMs: 5 as number | null }
  expect(changedParts(before, { ...before })).toEqual({})
  const wish = { ...before, title: { ko: '가', en: 'B' }, closesAtMs: null }
  expect(changedParts(wish, before)).toEqual({ title: { ko: '가', en: 'B' }, closesAtMs: null })
})
