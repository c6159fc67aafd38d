import { expect, test } from 'vitest'
import { changedParts, changeFrom } from './changed-parts.ts'

test('a form says what was changed in it, and nothing of the rest', () => {
  const before = { title: { ko: '가', en: 'A' }, seatsPerFan: 4, closesAtMs: 5 as number | null }
  expect(changedParts(before, { ...before })).toEqual({})
  const wish = { ...before, title: { ko: '가', en: 'B' }, closesAtMs: null }
  expect(changedParts(wish, before)).toEqual({ title: { ko: '가', en: 'B' }, closesAtMs: null })
})

test('a change is sent with what its parts were, as the form was filled in or, when it said that they changed, as they are', () => {
  const filled = { capacity: 100, ratePerMinute: 50 as number | null }
  const raised = { ...filled, capacity: 200 }
  expect(changeFrom(raised, { filled, shown: filled, isChangedElsewhere: false })).toEqual({
    change: { capacity: 200 },
    from: { capacity: 100 },
  })
  // not told yet: what is shown is not what was looked at
  const shown = { capacity: 80, ratePerMinute: null }
  expect(changeFrom(raised, { filled, shown, isChangedElsewhere: false }).from).toEqual({ capacity: 100 })
  expect(changeFrom(raised, { filled, shown, isChangedElsewhere: true })).toEqual({
    change: { capacity: 200 },
    from: { capacity: 80 },
  })
  expect(changeFrom(filled, { filled, shown, isChangedElsewhere: true })).toEqual({ change: {}, from: {} })
})
