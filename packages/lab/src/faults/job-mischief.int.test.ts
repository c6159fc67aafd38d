import { createTestRedis } from '@greenroom/stack'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { doubleJobs, loseJobs, replayJobs } from './job-mischief.ts'

const server = await createTestRedis()
const connect = (): Redis => new Redis(server.url, { maxRetriesPerRequest: null })
const client = connect()
afterAll(async () => {
  client.disconnect()
  await server.drop()
})

const inAnHourMs = 3_600_000
const patient = { timeout: 10_000 }
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A queue whose worker is done with a job in no time, and how often it worked on each number. */
async function openQueue(name: string) {
  const runs = new Map<number, number>()
  const prefix = '{jobs}'
  const queue = new Queue<number>(name, { connection: client, prefix })
  const run = async ({ data }: { data: number }): Promise<void> =>
    void runs.set(data, (runs.get(data) ?? 0) + 1)
  const connection = connect()
  const worker = new Worker<number>(name, run, { connection, prefix, concurrency: 20 })
  await worker.waitUntilReady()
  onTestFinished(async () => {
    await worker.close()
    connection.disconnect()
    await queue.obliterate({ force: true })
    await queue.close()
  })
  const add = async (all: number[], delay = 0): Promise<void> => {
    const opts = { delay, removeOnComplete: { count: 1_000 } }
    await queue.addBulk(all.map((data) => ({ name: 'count', data, opts })))
  }
  const timesOf = (all: number[]): number[] => [...new Set(all.map((each) => runs.get(each) ?? 0))]
  return { add, timesOf }
}

test('each job is worked on twice, however soon it is done, and those that wait for their time as well', async () => {
  const { add, timesOf } = await openQueue('doubled')
  await add([1])
  await vi.waitFor(() => expect(timesOf([1])).toEqual([1]), patient)
  await add([2], inAnHourMs)
  const { count, stop } = await doubleJobs(client)
  for (let from = 10; from < 510; from += 50) await add(numbers(from, from + 49))
  await vi.waitFor(() => expect(timesOf(numbers(10, 509))).toEqual([2]), patient)
  await stop()
  expect(timesOf([2])).toEqual([1])
  expect(timesOf([1])).toEqual([1])
  expect(count).toEqual({ met: 501, missed: 0 })
})

test('each job that is done is done again, also after it was doubled', async () => {
  const { add, timesOf } = await openQueue('replayed')
  const doubled = await doubleJobs(client)
  await add(numbers(1, 100))
  await vi.waitFor(() => expect(timesOf(numbers(1, 100))).toEqual([2]), patient)
  await doubled.stop()
  const { count, stop } = await replayJobs(client)
  await add(numbers(101, 300))
  await vi.waitFor(() => {
    expect(timesOf(numbers(1, 100))).toEqual([3])
    expect(timesOf(numbers(101, 300))).toEqual([2])
  }, patient)
  await stop()
  expect(count).toEqual({ met: 300, missed: 0 })
})

test('no job is worked on before it vanishes, and what comes afterwards is', async () => {
  const { add, timesOf } = await openQueue('dropped')
  await add([1], inAnHourMs)
  const one = await loseJobs(client)
  const other = await loseJobs(client)
  await vi.waitFor(() => expect(one.count.met + other.count.met).toBe(1), patient)
  await add(numbers(2, 400))
  await add(numbers(401, 500), 5)
  await one.stop()
  await add(numbers(501, 600))
  await other.stop()
  expect(one.count.met + other.count.met).toBe(600)
  expect(one.count.missed + other.count.missed).toBe(0)
  await add([1_000])
  await vi.waitFor(() => expect(timesOf([1_000])).toEqual([1]), patient)
  expect(timesOf(numbers(1, 600))).toEqual([0])
})

test('a queue that comes while jobs are dropped is paused, too, and what was begun in it before is counted', async () => {
  const { count, stop } = await loseJobs(client)
  const { add, timesOf } = await openQueue('late')
  await add(numbers(1, 20))
  await vi.waitFor(() => expect(count.met + count.missed).toBe(20), patient)
  await stop()
  await add([21])
  await vi.waitFor(() => expect(timesOf([21])).toEqual([1]), patient)
  expect(numbers(1, 20).filter((each) => timesOf([each])[0] === 1)).toHaveLength(count.missed)
})

test('queues are let go also when Redis lost what told of them', async () => {
  const { add, timesOf } = await openQueue('lost')
  await add([1])
  await vi.waitFor(() => expect(timesOf([1])).toEqual([1]), patient)
  const first = await loseJobs(client)
  await vi.waitFor(async () => expect(await client.hexists('{jobs}:lost:meta', 'paused')).toBe(1), patient)
  await client.del('{jobs}:lost:events')
  const second = await loseJobs(client)
  await first.stop()
  await second.stop()
  await add([2])
  await vi.waitFor(() => expect(timesOf([2])).toEqual([1]), patient)
})
