import type { ShowId } from '@greenroom/contract'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { luaScript } from '../platform/lua-script.ts'
import { type SeatEntry, seatEvent } from './seat-event.ts'

/** Entries kept for readers who fall behind; at 200 changes a second that is 20 s, after which a snapshot is cheaper anyway. */
const keptEntries = 4_000

const publish = luaScript(new URL('./lua/publish.lua', import.meta.url))

/** Appends events (JSON texts) to a show's stream, in order; returns the position after the last one. */
export async function appendEvents(redis: Redis, showId: ShowId, payloads: string[]): Promise<number> {
  return Number(await publish(redis, [seqKey(showId), streamKey(showId)], [keptEntries, ...payloads]))
}

/** The stream's position now. A stream that Redis does not know begins here, so that its first entry is no gap. */
export async function readPosition(redis: Redis, showId: ShowId): Promise<number> {
  return await appendEvents(redis, showId, [])
}

/** Up to `limit` entries after a position, oldest first. */
export async function readEntriesAfter(
  redis: Redis,
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
  redis: Redis,
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
export async function readConnectionId(redis: Redis): Promise<number> {
  return await redis.client('ID')
}

/** Ends the wait of `awaitEntries` on the connection with that id at once; says whether it was waiting. */
export async function unblock(redis: Redis, connectionId: number): Promise<boolean> {
  return (await redis.client('UNBLOCK', connectionId)) === 1
}

const streamEntry = z.tuple([z.string(), z.array(z.string())])
/** RESP2 answers with pairs, RESP3 with a map that ioredis hands on flat; nothing came: null. */
const readStreams = z.union([
  z.null().transform(() => []),
  z.array(z.tuple([z.string(), z.array(streamEntry)])),
])

function parseEntry(showId: ShowId, entry: [string, string[]]): SeatEntry {
  const [id, [, payload = '']] = entry
  return { showId, seq: Number.parseInt(id, 10), event: seatEvent.parse(JSON.parse(payload)) }
}

function seqKey(showId: ShowId): string {
  return `{seats:${showId}}:seq`
}

function streamKey(showId: ShowId): string {
  return `{seats:${showId}}:stream`
}
