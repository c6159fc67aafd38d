import type { Redis } from 'ioredis'

/** BullMQ's streams of what happens to jobs; names are `{jobs}:<queue>:events`. Each was there before a worker had its first job. */
const allEvents = '{jobs}:*:events'
const allPauses = '{jobs}:*:meta'
const page = 1_000
const beginning = '0-0'

/** Of one queue, by the words of its stream. */
export type JobEvent = 'added' | 'active' | 'completed'

/**
 * Reads on in what BullMQ says of every queue, each event once, from here on: a job that lives for less than the time
 * between two looks has left its id all the same. What is in a Redis that was emptied goes with it.
 */
export async function followJobs(client: Redis): Promise<{
  /** All queues that there are, and were. */
  findQueues: () => Promise<string[]>
  /** The ids to which this happened since it was last asked, queue by queue. When it rejects nothing was read. */
  readNext: (event: JobEvent) => Promise<Map<string, string[]>>
}> {
  const lastIds = new Map<string, string>()
  const unread = new Map<string, string[]>()
  const find = async (firstId: (queue: string) => Promise<string>): Promise<string[]> => {
    for (const key of await client.keys(allEvents)) {
      const queue = key.replace(/:events$/, '')
      if (!lastIds.has(queue)) lastIds.set(queue, await firstId(queue))
    }
    return [...lastIds.keys()]
  }
  const readQueue = async (queue: string, event: JobEvent): Promise<void> => {
    const own = unread.get(queue) ?? []
    unread.set(queue, own)
    for (let isMore = true; isMore; ) {
      const events = await client.xrange(`${queue}:events`, `(${lastIds.get(queue)}`, '+', 'COUNT', page)
      for (const [id, fields] of events) {
        lastIds.set(queue, id)
        const jobId = fields[fields.indexOf('jobId') + 1]
        if (fields[1] === event && jobId !== undefined) own.push(jobId)
      }
      isMore = events.length === page
    }
  }
  await find(
    async (queue) => (await client.xrevrange(`${queue}:events`, '+', '-', 'COUNT', 1))[0]?.[0] ?? beginning,
  )
  return {
    findQueues: () => find(async () => beginning),
    readNext: async (event) => {
      for (const queue of await find(async () => beginning)) await readQueue(queue, event)
      const ids = new Map(unread)
      unread.clear()
      return ids
    },
  }
}

const resumeQueue = `
  redis.call('HDEL', KEYS[1], 'paused')
  redis.call('ZADD', string.gsub(KEYS[1], ':meta$', ':marker'), 0, '0')`

/** Lets workers have jobs of every queue again, whoever paused it. */
export async function resumeQueues(client: Redis): Promise<void> {
  for (const key of await client.keys(allPauses)) {
    if ((await client.hexists(key, 'paused')) === 1) await client.eval(resumeQueue, 1, key)
  }
}
