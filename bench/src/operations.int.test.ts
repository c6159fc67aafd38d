import { closeDeps } from '@greenroom/core'
import { createTestDatabase, createTestRedis } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { measure } from './measure.ts'
import { smokeEffort } from './operation.ts'
import { operations } from './operations.ts'
import { stageOn } from './stage.ts'

const [database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
const stage = stageOn({ databaseUrl: database.url, redisUrl: redis.url })
afterAll(async () => {
  await closeDeps(stage.deps)
  await Promise.all([database.drop(), redis.drop()])
})

test.for(operations)('$name: it and its floor run, and every call of both succeeds', async (operation) => {
  const findings = await measure(operation, stage, smokeEffort)
  expect(findings).not.toEqual([])
  for (const finding of findings) {
    expect(finding).toMatchObject({
      success: 1,
      floorSuccess: finding.floorSuccess === null ? null : 1,
      failure: null,
    })
    expect(finding.value).toBeGreaterThan(0)
    expect(finding.floor ?? 1).toBeGreaterThan(0)
  }
})
