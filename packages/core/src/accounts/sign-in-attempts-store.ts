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

/** An attempt that found the door open; `shutUntilMs` when it shut the door behind it, else 0. */
export type Taken = { door: Door; shutUntilMs: number }

/** Counts attempts by door, and keeps some doors shut for a while. */
export type AttemptCounts = {
  /** Counts one more in the same step that finds the door open; else says how long it stays shut, and nothing is counted. */
  take: (door: Door) => Promise<Taken | { waitMs: number }>
  /** The attempt was none: it is counted no more, and a door that it shut is open. */
  giveBack: (taken: Taken) => Promise<void>
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
      const reply = await takeScript(readyRedis(deps.redis), [keyOf(door)], args)
      const [waitMs, shutUntilMs] = z.tuple([z.number(), z.number()]).parse(reply)
      return waitMs > 0 ? { waitMs } : { door, shutUntilMs }
    },
    giveBack: async ({ door, shutUntilMs }) => {
      await giveBackScript(readyRedis(deps.redis), [keyOf(door)], [shutUntilMs])
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
  return {
    take: (door) => {
      const nowMs = performance.now()
      const known = doors.get(door.key)
      const counted = known !== undefined && known.endsAtMs > nowMs ? known : undefined
      if (counted !== undefined && counted.shutUntilMs > nowMs)
        return Promise.resolve({ waitMs: counted.shutUntilMs - nowMs })
      const count = (counted?.count ?? 0) + 1
      const forMs = shutMs(door, count)
      const shutUntilMs = forMs === 0 ? 0 : nowMs + forMs
      const endsAtMs = Math.max(counted?.endsAtMs ?? nowMs + countedForMs, shutUntilMs)
      const [oldest] = doors.keys()
      if (known === undefined && doors.size >= most && oldest !== undefined) doors.delete(oldest)
      doors.set(door.key, { count, endsAtMs, shutUntilMs })
      return Promise.resolve({ door, shutUntilMs })
    },
    giveBack: ({ door: { key }, shutUntilMs }) => {
      const known = doors.get(key)
      if (known === undefined) return Promise.resolve()
      if (known.shutUntilMs === shutUntilMs) known.shutUntilMs = 0
      known.count -= 1
      if (known.count <= 0) doors.delete(key)
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
