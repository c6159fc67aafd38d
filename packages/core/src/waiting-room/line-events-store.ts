import {
  accountId,
  type AccountId,
  concertId,
  type ConcertId,
  queueProgress,
  type QueueProgress,
} from '@greenroom/contract'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { openBlockingRedis } from '../platform/redis.ts'

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

/** Channels are one space for all numbered databases of a Redis, so the number is part of the name. */
const channelOf = (redis: Redis): string => `line-events:${redis.options.db ?? 0}`

/** Tells every process; who does not hear it finds the same in Redis when it looks. */
export async function publishLineEvent(deps: Deps, event: LineEvent): Promise<void> {
  await deps.redis.publish(channelOf(deps.redis), JSON.stringify(event))
}

type Listener = (event: LineEvent) => void
type Following = { connection: Redis; listeners: Set<Listener> }

const following = new WeakMap<Deps, Following>()

/**
 * Calls `listener` for every tick of every line from now on, on one connection a process. Messages sent while Redis was
 * away are lost: the next tick's numbers make up for them, and a place is looked up, never believed from a message.
 * Resolves when the subscription stands; call the result to stop.
 */
export async function followLines(deps: Deps, listener: Listener): Promise<() => void> {
  const known = following.get(deps) ?? startFollowing(deps)
  following.set(deps, known)
  known.listeners.add(listener)
  // ioredis subscribes again by itself after a lost connection
  await known.connection.subscribe(channelOf(known.connection))
  return () => {
    known.listeners.delete(listener)
    if (known.listeners.size > 0 || following.get(deps) !== known) return
    following.delete(deps)
    known.connection.disconnect()
  }
}

function startFollowing(deps: Deps): Following {
  const connection = openBlockingRedis(deps.settings.redisUrl)
  const listeners = new Set<Listener>()
  connection.on('message', (from: string, text: string) => {
    if (from !== channelOf(connection)) return
    const event = lineEvent.safeParse(readJson(text))
    if (!event.success) {
      deps.log.error({ err: event.error }, 'a line event does not parse')
      return
    }
    for (const listener of listeners) listener(event.data)
  })
  return { connection, listeners }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
