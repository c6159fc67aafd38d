import type { Redis } from 'ioredis'

/** BullMQ's streams of what happens to jobs; names are `{jobs}:<queue>:events`. Each was there before a worker had its first job. */
const allEvents = '{jobs}:*:events'
const page = 1_000
const beginning = '0-0'

/**
 * Reads on in what BullMQ says of every queue, each event once, from here on: a job that lives for less than the time
 * between two looks has left its id all the same. What is in a Redis that was emptied goes with it.
 */
export async function followJobs(client: Redis): Promise<{
  /** Of all queues that there are, and were. */
  queues: () => string[]
  /** The ids to which this happened since it was last asked, queue by queue. */
  readNext: (event: 'added' | 'active' | 'completed') => Promise<Map<string, string[]>>
}> {
  const lastIds = new Map<string, string>()
  const findQueues = async (firstId: (queue: string) => Promise<string>): Promise<void> => {
    for (const key of await client.keys(allEvents)) {
      const queue = key.replace(/:events$/, '')
      if (!lastIds.has(queue)) lastIds.set(queue, await firstId(queue))
    }
  }
  await findQueues(
    async (queue) => (await client.xrevrange(`${queue}:events`, '+', '-', 'COUNT', 1))[0]?.[0] ?? beginning,
  )
  return {
    queues: () => [...lastIds.keys()],
    readNext: async (event) => {
      await findQueues(async () => beginning)
      const ids = new Map<string, string[]>()
      for (const queue of lastIds.keys()) {
        const own: string[] = []
        for (let isMore = true; isMore; ) {
          const events = await client.xrange(`${queue}:events`, `(${lastIds.get(queue)}`, '+', 'COUNT', page)
          for (const [id, fields] of events) {
            lastIds.set(queue, id)
            const jobId = fields[fields.indexOf('jobId') + 1]
            if (fields[1] === event && jobId !== undefined) own.push(jobId)
          }
          isMore = events.length === page
        }
        ids.set(queue, own)
      }
      return ids
    },
  }
}
