import { expect, test } from 'vitest'

import { restartDelayMs } from './restart-delay.ts'

test('the wait doubles with each death in a row and never passes 10 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50, 5_000].map(restartDelayMs)).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
  ])
})
