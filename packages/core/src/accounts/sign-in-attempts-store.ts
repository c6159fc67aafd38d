import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { luaScript } from '../platform/lua-script.ts'
import type { RedisConnection } from '../platform/redis.ts'

/** Attempts are forgotten an hour after the first of them. */
const countedForMs = 3_600_000

/**
 * What an attempt is counted under, in an hour. `free` of them cost nothing; each from there on shuts the door behind it: for 1 s, then
 * twice as long for every `growsEvery` more, up to `longestSec`.
 */
export type Door = { key: string; free: number; growsEvery: number; longestSec: number }

/** Counts attempts by door, and keeps some doors shut for a while. */
export type AttemptCounts = {
  /** Counts one more in the same step that finds the door open: 0. Else how long it stays shut, and nothing is counted. */
  take: (door: Door) => Promise<number>
  /** The attempt was none. */
  giveBack: (door: Door) => Promise<void>
  forget: (door: Door) => Promise<void>
}

const takeScript = luaScript(new URL('./lua/take-attempt.lua', import.meta.url))
const giveBackScript = luaScript(new URL('./lua/give-back-attempt.lua', import.meta.url))

/**
 * For all processes; rejects at once while Redis is away. A door is one small hash that is gone an hour after its first attempt. Attempts
 * that came to no hash are given back, so a process makes no more doors than it hashes passwords: four for each, of which it does some 100 a
 * second. That is 150 MB for each process that is flooded for an hour.
 */
export function sharedAttempts(deps: Deps): AttemptCounts {
  const keyOf = ({ key }: Door): string => `sign-in:${key}`
  return {
    take: async (door) => {
      const args = [door.free, door.growsEvery, door.longestSec, countedForMs]
      return z.number().parse(await takeScript(readyRedis(deps.redis), [keyOf(door)], args))
    },
    giveBack: async (door) => {
      await giveBackScript(readyRedis(deps.redis), [keyOf(door)], [door.free])
    },
    forget: async (door) => {
      await readyRedis(deps.redis).del(keyOf(door))
    },
  }
}

function readyRedis(redis: RedisConnection): RedisConnection {
  if (redis.status !== 'ready') throw new Error(`the connection to Redis is ${redis.status}`)
  return redis
}

/** Some 20 MB; beyond that the door that was made first is forgotten. */
const mostDoors = 100_000

/** The same for this process alone: what there is while Redis is away. Only lengths of time are measured, so no clock is asked. */
export function ownAttempts(most: number = mostDoors): AttemptCounts {
  const doors = new Map<string, { count: number; endsAtMs: number; shutUntilMs: number }>()
  const find = ({ key }: Door, nowMs: number) => {
    const known = doors.get(key)
    return known !== undefined && known.endsAtMs > nowMs ? known : undefined
  }
  const keep = (key: string, made: { count: number; endsAtMs: number; shutUntilMs: number }): void => {
    const [oldest] = doors.keys()
    if (!doors.has(key) && doors.size >= most && oldest !== undefined) doors.delete(oldest)
    doors.set(key, made)
  }
  return {
    take: (door) => {
      const nowMs = performance.now()
      const { count, endsAtMs, shutUntilMs } = find(door, nowMs) ?? {
        count: 0,
        endsAtMs: nowMs + countedForMs,
        shutUntilMs: nowMs,
      }
      if (shutUntilMs > nowMs) return Promise.resolve(shutUntilMs - nowMs)
      const shutAfterMs = nowMs + shutMs(door, count + 1)
      keep(door.key, {
        count: count + 1,
        endsAtMs: Math.max(endsAtMs, shutAfterMs),
        shutUntilMs: shutAfterMs,
      })
      return Promise.resolve(0)
    },
    giveBack: (door) => {
      const known = doors.get(door.key)
      if (known !== undefined) known.count -= 1
      if (known !== undefined && known.count < door.free) known.shutUntilMs = 0
      if (known !== undefined && known.count <= 0) doors.delete(door.key)
      return Promise.resolve()
    },
    forget: ({ key }) => {
      doors.delete(key)
      return Promise.resolve()
    },
  }
}

/** How long so many attempts shut a door. */
function shutMs({ free, growsEvery, longestSec }: Door, count: number): number {
  const tooMany = count - free
  if (tooMany < 0) return 0
  return Math.min(longestSec, 2 ** Math.min(20, Math.floor(tooMany / growsEvery))) * 1_000
}
