import { expect, test } from 'vitest'
import { changeMeets } from '../testing/blocked-rows.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { lockAndCount } from './seeding-store.ts'

// apart from the test of two that seed at once: without the lock that one may fail before any test of its file runs
const deps = await createTestDeps()

test('who begins to seed waits until whoever is seeding is done', async () => {
  expect(await changeMeets(deps, lockAndCount, lockAndCount)).toBe('waits')
})
