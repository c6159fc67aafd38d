import { DomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { tryToCheck } from './try-to-check.ts'

test('a check that cannot be made is told by what it is and why, and the next one is made', async () => {
  const unchecked: string[] = []
  const results = [
    await tryToCheck(unchecked, 'the audit', () =>
      Promise.reject(new DomainError('INTERNAL', { requestId: 'a request' })),
    ),
    await tryToCheck(unchecked, 'the maps', () => Promise.reject(new Error('no connection'))),
    await tryToCheck(unchecked, 'the numbers', async () => 5),
  ]
  expect(results).toEqual([undefined, undefined, 5])
  expect(unchecked).toEqual(['the audit: INTERNAL', 'the maps: no connection'])
})
