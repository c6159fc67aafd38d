import type { Deps } from '../platform/deps.ts'

/** The time by Redis' clock, which is the one that passes end by. */
export async function redisNowMs(deps: Deps): Promise<number> {
  const [seconds, micros] = await deps.redis.time()
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
}
