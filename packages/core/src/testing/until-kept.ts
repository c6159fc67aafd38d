import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisConnection } from '../platform/redis.ts'

/**
 * Until all that Redis has answered is in its file, so that killing it loses none of that. Redis writes before it answers, but
 * while its disk is busy it puts that off, for up to 2 s.
 */
export async function untilKept(redis: RedisConnection): Promise<void> {
  while (/aof_buffer_length:[1-9]/.test(await redis.info('persistence'))) await sleep(10)
}
