import { holdSeats, jobs, openQueue, readInvariants, resumeSale } from '@greenroom/core'
import { createTestDeps, givePass, makeFan, makeShow, type TestShow } from '@greenroom/core/testing'
import { startProcesses } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'

const deps = await createTestDeps()
const patience = { timeout: 60_000, interval: 100 }

test('damage in the database stops the sale of its show within a minute, of no other, until an operator resumes it', async () => {
  const [damaged, sound] = [await makeShow(deps), await makeShow(deps)]
  const { databaseUrl, redisUrl } = deps.settings
  const processes = await startProcesses({ databaseUrl, redisUrl, without: ['api', 'gateway'] })
  onTestFinished(processes.stop)
  const fanId = await makeFan(deps)
  const hold = async (show: TestShow, seat: number): Promise<string> => {
    const pass = await givePass(deps, { concertId: show.concertId, fanId })
    const seatIds = show.seatIds.slice(seat, seat + 1)
    return await holdSeats(deps, { fanId, showId: show.showId, pass, seatIds }).then(
      () => 'held',
      (error: unknown) => String(Reflect.get(Object(error), 'code')),
    )
  }
  expect(await hold(damaged, 0)).toBe('held')

  await deps.db.pool.query('update seats set ordinal = ordinal + 1000 where id = $1', [damaged.seatIds[9]])
  // the worker's schedule would come within a minute; the same job now
  await openQueue(deps.redis, jobs.checkInvariants.queue).add(jobs.checkInvariants.name, {})
  await expect.poll(() => hold(damaged, 1), patience).toBe('SALE_STOPPED')
  expect(await hold(sound, 0)).toBe('held')

  const { stops } = await readInvariants(deps)
  const stopIds = stops.filter(({ showId }) => showId === damaged.showId).map(({ stopId }) => stopId)
  await resumeSale(deps, { showId: damaged.showId, stopIds, operatorId: fanId })
  expect(await hold(damaged, 2)).toBe('held')
})
