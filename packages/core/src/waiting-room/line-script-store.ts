import { setTimeout as sleep } from 'node:timers/promises'
import { type ConcertId, DomainError } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { type LuaScript, luaScript } from '../platform/lua-script.ts'
import type { RedisConnection } from '../platform/redis.ts'
import { markEpochBegun, readLineRow, takeEpoch } from './line-store.ts'

const keyNames = [
  'line',
  'waiting',
  'inside',
  'passes',
  'gone',
  'flow',
  'addresses',
  'proofs',
  'moves',
] as const

/** All keys of one line share its hash tag, so that a line lives in one slot of a Redis Cluster; see lua/line.lua. */
export function lineKeys(concertId: ConcertId): string[] {
  return keyNames.map((name) => `{wr:${concertId}}:${name}`)
}

const rebuildScript = luaScript(new URL('./lua/rebuild.lua', import.meta.url))
const beginScript = luaScript(new URL('./lua/begin.lua', import.meta.url))

/**
 * Runs one script on one line. When Redis lost the line, begins a new epoch first and runs it again. Refuses with
 * LINE_REBUILDING when that did not help, with UNAVAILABLE when Redis does not answer: then the script may have run
 * or not, which is why every script is safe to repeat.
 */
export async function runOnLine(
  deps: Deps,
  concertId: ConcertId,
  script: LuaScript,
  args: (string | number)[],
): Promise<unknown> {
  const run = (): Promise<unknown> => orUnavailable(deps, () => script(deps.redis, lineKeys(concertId), args))
  const reply = await run()
  if (reply !== 'REBUILDING') return reply
  await rebuildLine(deps, concertId)
  const second = await run()
  if (second === 'REBUILDING') throw new DomainError('LINE_REBUILDING', { retryAfterMs: 500 })
  return second
}

const rebuilding = new WeakMap<RedisConnection, Map<ConcertId, Promise<void>>>()

/**
 * Gives a line that Redis lost a new epoch, behind which nothing old can fall. Safe to call at any time and by many at
 * once: in a process all share one attempt, among processes the first one to reach Redis counts.
 */
export async function rebuildLine(deps: Deps, concertId: ConcertId): Promise<void> {
  const attempts = rebuilding.get(deps.redis) ?? new Map<ConcertId, Promise<void>>()
  rebuilding.set(deps.redis, attempts)
  const attempt = attempts.get(concertId) ?? beginEpoch(deps, concertId)
  attempts.set(concertId, attempt)
  try {
    await attempt
  } finally {
    if (attempts.get(concertId) === attempt) attempts.delete(concertId)
  }
}

const rebuildReply = z.tuple([z.enum(['STANDS', 'ANNOUNCED', 'BUSY', 'STALE']), z.number()])
const beginReply = z.tuple([z.enum(['BEGUN', 'GONE']), z.number()])

/** How much longer than its window the door may stay shut while fans keep coming back. */
const longestReentryMs = 60_000

/** Enough for another rebuilder to be done, or to be given up as dead a second after it announced its epoch. */
const maxTries = 25
const busyMs = 50

/** Announced in Redis, begun in Postgres, then in Redis: whatever is lost in between makes it begin anew. */
async function beginEpoch(deps: Deps, concertId: ConcertId): Promise<void> {
  const { line } = await readLineRow(deps.db, concertId)
  let taken = await takeEpoch(deps.db, concertId, 0)
  for (let tries = 0; tries < maxTries; tries++) {
    const { epoch, isFirst } = taken
    const asked = await orUnavailable(deps, () => rebuildScript(deps.redis, lineKeys(concertId), [epoch]))
    const [outcome, known] = rebuildReply.parse(asked)
    if (outcome === 'STANDS') return void (await markEpochBegun(deps.db, concertId, known))
    if (outcome === 'BUSY') {
      await sleep(busyMs)
      continue
    }
    if (outcome === 'ANNOUNCED' && (await markEpochBegun(deps.db, concertId, epoch))) {
      const times = isFirst ? [0, 0] : [line.reentryWindowMs, longestReentryMs]
      const reply = await orUnavailable(deps, () =>
        beginScript(deps.redis, lineKeys(concertId), [epoch, ...times]),
      )
      if (beginReply.parse(reply)[0] === 'BEGUN') {
        deps.log.warn({ concertId, epoch }, 'the line began a new epoch')
        return
      }
    }
    taken = await takeEpoch(deps.db, concertId, known)
  }
  throw new DomainError('LINE_REBUILDING', { retryAfterMs: 500 })
}

/** Long enough for a Redis that restarts, short enough for a fan who waits. */
const retryAfterMs = 1_000

/** What ioredis calls a connection that was lost: a command would wait for the next attempt, up to 2 s, to fail then. */
const lost = new Set(['close', 'reconnecting', 'end'])

async function orUnavailable<T>(deps: Deps, ask: () => Promise<T>): Promise<T> {
  if (lost.has(deps.redis.status)) throw new DomainError('UNAVAILABLE', { retryAfterMs })
  try {
    return await ask()
  } catch (error) {
    if (!isRedisAway(error)) throw error
    throw new DomainError('UNAVAILABLE', { retryAfterMs })
  }
}

/** Replies with which a Redis says that it cannot serve now; any other error reply is a mistake of ours. */
const notNow = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|OOM|MISCONF|NOREPLICAS)\b/

/** Everything else ioredis rejects with, short of our own mistakes, is a connection that failed or a reply that did not come. */
function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError) return false
  return error.name === 'ReplyError' ? notNow.test(error.message) : true
}
