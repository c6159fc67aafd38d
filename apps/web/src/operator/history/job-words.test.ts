import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jobWords } from './job-words.ts'

test('every job that the server has is explained, and no other', () => {
  const source = readFileSync(
    join(import.meta.dirname, '../../../../../packages/core/src/platform/jobs.ts'),
    'utf8',
  )
  const names = [...source.matchAll(/kind\(\s*'([a-z-]+)'/g)].map(([, name]) => name ?? '')
  expect(names.length).toBeGreaterThan(10)
  expect(Object.keys(jobWords).toSorted()).toEqual(names.toSorted())
})
