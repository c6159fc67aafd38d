import type { ShowId } from '@greenroom/contract'
import { z } from 'zod'
import { luaScript } from '../platform/lua-script.ts'
import { isCluster, type RedisConnection } from '../platform/redis.ts'
import { type SeatEntry, seatEvent } from './seat-event.ts'

/** Entries kept for readers who fall behind; at 200 changes a second that is 20 s, after which a snapshot is cheaper anyway. */
const keptEntries = 4_000

const publish = luaScript(new URL('./lua/publish.lua', import.meta.url))

/** On a cluster: which show has new entries. */
export const entriesChannel = 'seat-entries'

/**
 * Appends events (JSON texts) to a show's stream, in order; returns the position after the last one. On a cluster, where
 * nobody can wait for several streams at once, those who follow are told; who is not told looks within a second.
 */
export async function appendEvents(
  redis: RedisConnection,
  showId: ShowId,
  payloads: string[],
): Promise<number> {
  const position = Number(
    await publish(redis, [seqKey(showId), streamKey(showId)], [keptEntries, ...payloads]),
  )
  // the entries are there: that the word of it was lost must not look as if they were not
  if (payloads.length > 0 && isCluster(redis))
    void redis.publish(entriesChannel, String(showId)).catch(() => undefined)
  return position
}

/** The stream's position now. A stream that Redis does not know begins here, so that its first entry is no gap. */
export async function readPosition(redis: RedisConnection, showId: ShowId): Promise<number> {
  return await appendEvents(redis, showId, [])
}

/** Up to `limit` entries after a position, oldest first. */
export async function readEntriesAfter(
  redis: RedisConnection,
  showId: ShowId,
  after: number,
  limit: number,
): Promise<SeatEntry[]> {
  const entries = await redis.xrange(streamKey(showId), `${after + 1}-0`, '+', 'COUNT', limit)
  return entries.map((entry) => parseEntry(showId, entry))
}

/**
 * Waits up to `blockMs` for entries after each show's position. `redis` is a connection of its own: it is busy meanwhile.
 * Empty when nothing came, or when `unblock` was called.
 */
export async function awaitEntries(
  redis: RedisConnection,
  positions: ReadonlyMap<ShowId, number>,
  blockMs: number,
): Promise<SeatEntry[]> {
  const shows = [...positions.keys()]
  const reply = await redis.xread(
    'COUNT',
    1_000,
    'BLOCK',
    blockMs,
    'STREAMS',
    ...shows.map(streamKey),
    ...[...positions.values()].map((seq) => `${seq}-0`),
  )
  const showByKey = new Map(shows.map((showId) => [streamKey(showId), showId]))
  return readStreams.parse(reply).flatMap(([key, entries]) => {
    const showId = showByKey.get(key)
    return showId === undefined ? [] : entries.map((entry) => parseEntry(showId, entry))
  })
}

/** By what `unblock` knows a connection; a reconnect changes it. */
export async function readConnectionId(redis: RedisConnection): Promise<number> {
  return await redis.client('ID')
}

/** Ends the wait of `awaitEntries` on the connection with that id at once; says whether it was waiting. */
export async function unblock(redis: RedisConnection, connectionId: number): Promise<boolean> {
  return (await redis.client('UNBLOCK', connectionId)) === 1
}

const streamEntry = z.tuple([z.string(), z.array(z.string())])
/** RESP2 answers with pairs, RESP3 with a map that ioredis hands on flat; nothing came: null. */
const readStreams = z.union([
  z.null().transform(() => []),
  z.array(z.tuple([z.string(), z.array(streamEntry)])),
])

function parseEntry(showId: ShowId, entry: [string, string[]]): SeatEntry {
  const [id, [, payload = '', , publishedAt]] = entry
  return {
    showId,
    seq: Number.parseInt(id, 10),
    event: seatEvent.parse(JSON.parse(payload)),
    publishedAtMs: publishedAt === undefined ? undefined : Number(publishedAt),
  }
}

/** Milliseconds since 1970; on a cluster by one of its masters. */
export async function readRedisTime(redis: RedisConnection): Promise<number> {
  const [seconds = 0, micros = 0] = (await redis.time()).map(Number)
  return seconds * 1_000 + micros / 1_000
}

function seqKey(showId: ShowId): string {
  return `{seats:${showId}}:seq`
}

function streamKey(showId: ShowId): string {
  return `{seats:${showId}}:stream`
}
