import { Redis } from 'ioredis'

/** As BullMQ keeps its queues; the hash tag is the product's. */
const queue = '{jobs}:refunds'

/**
 * A refund of a cancelled show whose data names no show: a worker takes it up, refuses it, and it has failed for good. Nothing that the
 * product adds itself fails so fast, so it is put into the queue by hand. Once under one `id`, however often it is asked for.
 */
export async function failJob(redisUrl: string, id: string): Promise<void> {
  const redis = new Redis(redisUrl)
  try {
    if ((await redis.exists(`${queue}:${id}`)) === 1) return
    const opts = JSON.stringify({ attempts: 5, removeOnFail: { count: 1_000 } })
    await redis
      .multi()
      .hset(`${queue}:${id}`, {
        name: 'refund-cancelled-show',
        data: '{"showId":"none"}',
        opts,
        timestamp: Date.now(),
        delay: 0,
        priority: 0,
      })
      .lpush(`${queue}:wait`, id)
      // what wakes a worker that waits
      .zadd(`${queue}:marker`, 0, '0')
      .exec()
  } finally {
    redis.disconnect()
  }
}
