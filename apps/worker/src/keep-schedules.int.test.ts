import { jobs, listSchedules } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { expect, test } from 'vitest'
import { scheduleAll } from './keep-schedules.ts'

const deps = await createTestDeps()

test('a line has its ticks until it is over, also when Redis forgot them', async () => {
  const [{ concertId: on }, { concertId: over }] = [await makeShow(deps), await makeShow(deps)]
  await scheduleAll(deps)
  await deps.redis.flushdb()
  await scheduleAll(deps)
  expect((await listSchedules(deps, jobs.admissionTick)).toSorted()).toEqual([
    `admission-${on}`,
    `admission-${over}`,
  ])
  await deps.db.pool.query("update lines set closes_at = now() - interval '2 hours' where concert_id = $1", [
    over,
  ])
  await scheduleAll(deps)
  expect(await listSchedules(deps, jobs.admissionTick)).toEqual([`admission-${on}`])
  expect(await listSchedules(deps, jobs.relayOutbox)).toEqual(['relay-outbox'])
})
