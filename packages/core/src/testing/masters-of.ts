import { isCluster, type RedisConnection } from '../platform/redis.ts'

/** The servers that have the keys: of a cluster several. */
export function mastersOf(redis: RedisConnection) {
  return isCluster(redis) ? redis.nodes('master') : [redis]
}
