import { expect, test } from 'vitest'
import { whyOutside } from './why-outside.ts'

test('what happened last is said: of a time inside and a turn missed after it, the missed turn', () => {
  expect([
    whyOutside({ wasInside: false, missedAtMs: undefined }),
    whyOutside({ wasInside: true, missedAtMs: undefined }),
    whyOutside({ wasInside: false, missedAtMs: 60_000 }),
    whyOutside({ wasInside: true, missedAtMs: 60_000 }),
  ]).toEqual(['notYet', 'over', 'missed', 'missed'])
})
