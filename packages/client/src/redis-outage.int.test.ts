import { seatId, showId } from '@greenroom/contract'
import { createDemoDatabase, startPrivateRedis, startProcesses } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'
import { letIn, patiently, watchSeats } from './testing/demo-fans.ts'

const [database, redis] = await Promise.all([createDemoDatabase(), startPrivateRedis()])
const processes = await startProcesses({ databaseUrl: database.url, redisUrl: redis.url })
afterAll(async () => {
  await processes.stop()
  await Promise.all([database.drop(), redis.stop()])
})

const date = showId.parse(1)
const [first, second, third] = [1, 2, 3].map((id) => seatId.parse(id))
if (first === undefined || second === undefined || third === undefined) throw new Error('no seats')

test('while Redis is away fans inside hold seats and others see it; back again, the map is live', async () => {
  const [watcher, buyer] = await Promise.all([letIn(processes, 1), letIn(processes, 2)])
  const seen = watchSeats(watcher.greenroom, date, watcher.pass)
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
  const hold = (id: typeof first) =>
    buyer.greenroom.api.reservations.hold.mutate({ showId: date, pass: buyer.pass, seatIds: [id] })
  await hold(first)
  await expect.poll(() => seen.statusOf(first), patiently).toBe('held')

  await redis.kill()
  await hold(second)
  await expect.poll(() => seen.statusOf(second), patiently).toBe('held')
  expect(seen.states.at(-1)).toBe('polling')

  await redis.start()
  await expect.poll(() => seen.states.at(-1), patiently).toBe('live')
  await hold(third)
  await expect.poll(() => seen.statusOf(third), patiently).toBe('held')
  expect([first, second].map(seen.statusOf)).toEqual(['held', 'held'])
})
