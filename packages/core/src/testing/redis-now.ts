import type { Deps } from '../platform/deps.ts'
import { readRedisMs } from '../platform/redis.ts'

/** The time by Redis' clock, which is the one that passes end by. */
export async function redisNowMs(deps: Deps): Promise<number> {
  return await readRedisMs(deps.redis)
}
