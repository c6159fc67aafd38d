import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { JobCount } from './fault.ts'
import { followJobs, resumeQueues } from './job-queues.ts'

/** Something that goes on with every job until it is stopped. */
export type JobMischief = {
  count: JobCount
  stop: () => Promise<void>
}

const lookEveryMs = 20
/** Redis runs nothing else meanwhile. */
const mostAtOnce = 500
const copyPrefix = 'copy-'

/**
 * Copies a job under another id and lets it wait to be worked on now. The lists and hashes are BullMQ's own
 * (https://docs.bullmq.io/guide/architecture); copies are not copied again, and do not keep a
 * schedule going as their originals do. Answers how many it copied, and how many were gone.
 */
const copyJobs = `
  local copied, gone = 0, 0
  for i = 2, #ARGV do
    local id = ARGV[i]
    local copy = 'copy-' .. ARGV[1] .. '-' .. id
    if redis.call('EXISTS', KEYS[1] .. ':' .. copy) == 0 then
      if redis.call('COPY', KEYS[1] .. ':' .. id, KEYS[1] .. ':' .. copy) == 1 then
        redis.call('HDEL', KEYS[1] .. ':' .. copy, 'finishedOn', 'processedOn', 'returnvalue', 'failedReason', 'rjk')
        redis.call('LPUSH', KEYS[1] .. ':wait', copy)
        redis.call('ZADD', KEYS[1] .. ':marker', 0, '0')
        copied = copied + 1
      else
        gone = gone + 1
      end
    end
  end
  return {copied, gone}`

/** Nobody gets a job of a queue that is paused, so each is still there when it is taken away. */
const dropJobs = `
  redis.call('HSET', KEYS[1] .. ':meta', 'paused', 1)
  redis.call('DEL', KEYS[1] .. ':marker')
  local dropped = 0
  for _, id in ipairs(redis.call('LRANGE', KEYS[1] .. ':wait', 0, -1)) do
    dropped = dropped + redis.call('DEL', KEYS[1] .. ':' .. id)
  end
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1] .. ':delayed', 0, -1)) do
    dropped = dropped + redis.call('DEL', KEYS[1] .. ':' .. id)
  end
  redis.call('DEL', KEYS[1] .. ':wait', KEYS[1] .. ':delayed')
  return dropped`

/** Copies that are made at different times of one job have names of their own. */
let runs = 0
/** Of two that drop jobs at once, the first to stop lets nobody have any. */
const droppers = new WeakMap<Redis, number>()

/** Every job that waits as it begins, and every one that is added until it stops, runs once more, at once. */
export async function doubleJobs(client: Redis): Promise<JobMischief> {
  return await copyEach(client, 'added', async (queue) => [
    ...(await client.lrange(`${queue}:wait`, '0', '-1')),
    ...(await client.zrange(`${queue}:delayed`, '0', '-1')),
  ])
}

/** Every job that is done by the time it stops, as far back as BullMQ keeps it, is done again. */
export async function replayJobs(client: Redis): Promise<JobMischief> {
  return await copyEach(client, 'completed', (queue) => client.zrange(`${queue}:completed`, '0', '-1'))
}

/** No job is worked on until it stops, and none that waited or was added by then is left. */
export async function loseJobs(client: Redis): Promise<JobMischief> {
  const count = { met: 0, missed: 0 }
  const jobs = await followJobs(client)
  // of those that are there now; a queue that comes later is new, and so is all that happens in it
  const begunBefore = new Set(await jobs.findQueues())
  droppers.set(client, (droppers.get(client) ?? 0) + 1)
  const stop = keepLooking(async () => {
    for (const queue of await jobs.findQueues()) count.met += Number(await client.eval(dropJobs, 1, queue))
    const begun = await jobs.readNext('active')
    // those that a worker had before the first pause were its own
    for (const [queue, ids] of begun) if (!begunBefore.has(queue)) count.missed += ids.length
    begunBefore.clear()
  })
  return {
    count,
    stop: async () => {
      await stop()
      const others = (droppers.get(client) ?? 1) - 1
      droppers.set(client, others)
      if (others === 0) await untilDone(() => resumeQueues(client))
    },
  }
}

async function copyEach(
  client: Redis,
  event: 'added' | 'completed',
  listFirst: (queue: string) => Promise<string[]>,
): Promise<JobMischief> {
  runs += 1
  const run = String(runs)
  const count = { met: 0, missed: 0 }
  const jobs = await followJobs(client)
  const todo = new Map<string, string[]>()
  const note = (queue: string, ids: string[]): void => {
    const originals = ids.filter((id) => !id.startsWith(copyPrefix))
    todo.set(queue, [...(todo.get(queue) ?? []), ...originals])
  }
  const copyAll = async (queue: string, ids: string[]): Promise<void> => {
    while (ids.length > 0) {
      const some = ids.slice(0, mostAtOnce)
      const answer: unknown = await client.eval(copyJobs, 1, queue, run, ...some)
      ids.splice(0, some.length)
      const [copied, gone] = Array.isArray(answer) ? answer.map(Number) : []
      count.met += copied ?? 0
      count.missed += gone ?? 0
    }
  }
  for (const queue of await jobs.findQueues()) note(queue, await listFirst(queue))
  const stop = keepLooking(async () => {
    for (const [queue, ids] of await jobs.readNext(event)) note(queue, ids)
    for (const [queue, ids] of todo) await copyAll(queue, ids)
  })
  return {
    count,
    stop: async () => {
      await stop()
      // by a Redis that takes nothing to the end
      for (const ids of todo.values()) count.missed += ids.length
    },
  }
}

/** Looks at once, again and again, and once more at the end. */
function keepLooking(look: () => Promise<void>): () => Promise<void> {
  let isOver = false
  const go = async (): Promise<void> => {
    while (!isOver) {
      // Redis may refuse to write, by another fault; the next look comes soon
      await look().catch(() => undefined)
      await sleep(lookEveryMs)
    }
    await look().catch(() => undefined)
  }
  const going = go()
  return async () => {
    isOver = true
    await going
  }
}

/** Until Redis takes it: another fault may keep it from writing for a while. */
async function untilDone(attempt: () => Promise<unknown>): Promise<void> {
  for (let isDone = false; !isDone; ) {
    isDone = await attempt().then(
      () => true,
      () => false,
    )
    if (!isDone) await sleep(lookEveryMs)
  }
}
