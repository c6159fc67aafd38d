import {
  accountId,
  type AccountId,
  concertId,
  type ConcertId,
  queueProgress,
  type QueueProgress,
} from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { parseJson } from '../platform/parse-json.ts'
import { databaseOf, openBlockingRedis, type RedisConnection } from '../platform/redis.ts'

/** What one tick changed: everybody's numbers, who may come in, whose offer or pass ended. */
export type LineEvent = {
  concertId: ConcertId
  progress: QueueProgress
  offered: AccountId[]
  ended: AccountId[]
}

const lineEvent = z.object({
  concertId,
  progress: queueProgress,
  offered: z.array(accountId),
  ended: z.array(accountId),
})

/** What a fan did with their own place between two ticks, on one of their devices: went in, or left (`hasEnded`). */
export type FanMove = { concertId: ConcertId; fanId: AccountId; hasEnded: boolean }

const fanMove = z.object({ concertId, fanId: accountId, hasEnded: z.boolean() })

const channels = ['line-events', 'fan-moves'] as const
type Channel = (typeof channels)[number]

/** Channels are one space for all numbered databases of a Redis, so the number is part of the name. */
const nameOf = (redis: RedisConnection, channel: Channel): string => `${channel}:${databaseOf(redis)}`

/** Tells every process; who does not hear it finds the same in Redis when it looks. */
export async function publishLineEvent(deps: Deps, event: LineEvent): Promise<void> {
  await deps.redis.publish(nameOf(deps.redis, 'line-events'), JSON.stringify(event))
}

/** The same of one fan's move. A crowd that goes in must not cost everybody who waits a message each. */
export async function publishFanMove(deps: Deps, move: FanMove): Promise<void> {
  await deps.redis.publish(nameOf(deps.redis, 'fan-moves'), JSON.stringify(move))
}

export type LineListener = { onTick: (event: LineEvent) => void; onMove?: (move: FanMove) => void }
type Following = { connection: RedisConnection; listeners: Set<LineListener> }

const following = new WeakMap<Deps, Following>()

/**
 * Calls `listener` for every tick of every line and every fan's move from now on, on one connection a process. Messages sent
 * while Redis was away are lost: the next tick's numbers make up for them, and a place is looked up, never believed from a
 * message. Resolves when the subscription stands; call the result to stop.
 */
export async function followLines(deps: Deps, listener: LineListener): Promise<() => void> {
  const known = following.get(deps) ?? startFollowing(deps)
  following.set(deps, known)
  known.listeners.add(listener)
  // ioredis subscribes again by itself after a lost connection
  await known.connection.subscribe(...channels.map((channel) => nameOf(known.connection, channel)))
  return () => {
    known.listeners.delete(listener)
    if (known.listeners.size > 0 || following.get(deps) !== known) return
    following.delete(deps)
    known.connection.disconnect()
  }
}

function startFollowing(deps: Deps): Following {
  const connection = openBlockingRedis(deps.settings.redisUrl)
  const listeners = new Set<LineListener>()
  const read = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
    const message = schema.safeParse(parseJson(text))
    if (!message.success) deps.log.error({ err: message.error }, 'a line event does not parse')
    return message.data
  }
  connection.on('message', (from: string, text: string) => {
    if (from === nameOf(connection, 'line-events')) {
      const event = read(lineEvent, text)
      if (event !== undefined) for (const { onTick } of listeners) onTick(event)
    }
    if (from === nameOf(connection, 'fan-moves')) {
      const move = read(fanMove, text)
      if (move !== undefined) for (const { onMove } of listeners) onMove?.(move)
    }
  })
  return { connection, listeners }
}
