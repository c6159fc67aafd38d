import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Fault } from './fault.ts'

/** What of a queue is looked at in one go. What waits for less than the time between two looks, or behind so many, is not met. */
const batch = 100
const everyMs = 50
const metBy = `looked for every ${everyMs} ms, up to ${batch} of a queue`

/**
 * Copies a job under another id and lets it wait to be worked on now. The lists and hashes are BullMQ's own
 * (https://docs.bullmq.io/guide/architecture); copies are not copied again, and do not keep a
 * schedule going as their originals do.
 */
const copyJob = `
  local copied = 0
  for _, id in ipairs(ARGV) do
    local copy = 'copy-' .. id
    if string.sub(id, 1, 5) ~= 'copy-' and redis.call('EXISTS', KEYS[1] .. ':' .. copy) == 0
       and redis.call('COPY', KEYS[1] .. ':' .. id, KEYS[1] .. ':' .. copy) == 1 then
      redis.call('HDEL', KEYS[1] .. ':' .. copy, 'finishedOn', 'processedOn', 'returnvalue', 'failedReason', 'rjk')
      redis.call('LPUSH', KEYS[1] .. ':wait', copy)
      redis.call('ZADD', KEYS[1] .. ':marker', 0, '0')
      copied = copied + 1
    end
  end
  return copied`

const dropJob = `
  local dropped = 0
  for _, id in ipairs(ARGV) do
    redis.call('LREM', KEYS[1] .. ':wait', 0, id)
    redis.call('ZREM', KEYS[1] .. ':delayed', id)
    dropped = dropped + redis.call('DEL', KEYS[1] .. ':' .. id)
  end
  return dropped`

export const jobsDoubled = mistreat({
  name: 'jobs-doubled',
  says: `jobs that wait, for their moment or for a worker, run once more, at once; ${metBy}`,
  script: copyJob,
  readIds: async (redis, queue) => [...(await waiting(redis, queue)), ...(await delayed(redis, queue))],
})

export const jobsDropped = mistreat({
  name: 'jobs-dropped',
  says: `jobs vanish before a worker has them; ${metBy}`,
  script: dropJob,
  readIds: async (redis, queue) => [...(await waiting(redis, queue)), ...(await delayed(redis, queue))],
})

export const jobsReplayed = mistreat({
  name: 'jobs-replayed',
  says: `jobs that are done are done again; ${metBy}`,
  script: copyJob,
  readIds: (redis, queue) => redis.zrange(`${queue}:completed`, 0, `${batch - 1}`),
})

function mistreat(options: {
  name: string
  says: string
  /** Answers how many jobs it touched. */
  script: string
  readIds: (redis: Redis, queue: string) => Promise<string[]>
}): Fault {
  return {
    name: options.name,
    says: options.says,
    weight: 3,
    isGentle: true,
    start: async ({ redis }) => {
      let isOver = false
      let touched = 0
      const goOnce = async (client: Redis): Promise<void> => {
        for (const queue of await listQueues(client)) {
          const ids = await options.readIds(client, queue)
          if (ids.length > 0) touched += Number(await client.eval(options.script, 1, queue, ...ids))
        }
      }
      const go = async (): Promise<void> => {
        while (!isOver) {
          // Redis may refuse to write, by another fault; the next time comes soon
          await goOnce(redis.client).catch(() => undefined)
          await sleep(everyMs)
        }
      }
      const going = go()
      return {
        says: options.says,
        isFelt: () => touched > 0,
        stop: async () => {
          isOver = true
          await going
        },
      }
    },
  }
}

async function listQueues(redis: Redis): Promise<string[]> {
  return (await redis.keys('{jobs}:*:meta')).map((key) => key.replace(/:meta$/, ''))
}

const waiting = (redis: Redis, queue: string): Promise<string[]> =>
  redis.lrange(`${queue}:wait`, 0, batch - 1)
const delayed = (redis: Redis, queue: string): Promise<string[]> =>
  redis.zrange(`${queue}:delayed`, 0, `${batch - 1}`)
