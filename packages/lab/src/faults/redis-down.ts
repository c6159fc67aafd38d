import { type Fault, overAtOnce } from './fault.ts'
import { imposeTrouble } from './impose-trouble.ts'

export const redisKilled: Fault = {
  name: 'redis-killed',
  says: 'kill -9 of Redis; it comes back with what it had written down',
  weight: 3,
  start: async ({ redis }) => {
    if (!(await redis.kill())) return undefined
    return { says: 'kill -9 of Redis', stop: () => redis.bringUp() }
  },
}

export const redisEmptied: Fault = {
  name: 'redis-emptied',
  says: 'kill -9 of Redis; it comes back empty',
  weight: 3,
  start: async ({ redis }) => {
    if (!(await redis.kill())) return undefined
    return { says: 'kill -9 of Redis, its data gone', stop: () => redis.bringUp({ isEmptied: true }) }
  },
}

export const redisFlushed: Fault = {
  name: 'redis-flushed',
  says: 'FLUSHALL',
  weight: 4,
  start: async ({ redis }) => {
    if ((await redis.client.dbsize()) === 0) return undefined
    redis.noteLoss()
    await redis.client.flushall()
    redis.noteLoss()
    return { says: 'FLUSHALL', stop: overAtOnce }
  },
}

export const redisPartlyLost: Fault = {
  name: 'redis-partly-lost',
  says: 'some keys of Redis are gone, others not',
  weight: 4,
  start: async ({ redis }, random) => {
    const keys = (await redis.client.keys('*')).filter(() => random.chance(0.3))
    if (keys.length === 0) return undefined
    redis.noteLoss()
    await redis.client.del(...keys)
    redis.noteLoss()
    return { says: `${keys.length} keys of Redis deleted`, stop: overAtOnce }
  },
}

export const redisFrozen: Fault = {
  name: 'redis-frozen',
  says: 'SIGSTOP of Redis, and SIGCONT',
  weight: 3,
  start: async ({ redis }) => {
    const thaw = redis.freeze()
    return thaw && { says: 'SIGSTOP of Redis', stop: async () => thaw() }
  },
}

export const redisFull: Fault = {
  name: 'redis-out-of-memory',
  says: 'Redis has no memory left and refuses to write',
  weight: 3,
  start: async ({ redis }) => {
    const [, limit] = await redis.client.config('GET', 'maxmemory')
    if (limit === '1') return undefined
    await redis.client.config('SET', 'maxmemory', '1')
    return {
      says: 'maxmemory 1',
      stop: async () => {
        await redis.client.config('SET', 'maxmemory', '0')
      },
    }
  },
}

export const redisSlow: Fault = {
  name: 'redis-slow',
  says: 'Redis answers everybody late',
  weight: 3,
  isGentle: true,
  start: async ({ apps }, random) => {
    const ms = random.between(10, 120)
    const lines = apps.map((app) => app.redis.proxy)
    return { says: `Redis ${2 * ms} ms away`, ...(await imposeTrouble(lines, { kind: 'delay', ms })) }
  },
}
