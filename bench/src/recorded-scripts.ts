import type { AccountId, ConcertId } from '@greenroom/contract'
import { admit, type Deps, joinLine } from '@greenroom/core'
import { z } from 'zod'
import { intercept } from './intercept.ts'

/** What the core sends to Redis for one step of a line, so that a floor can send the same. */
export type RecordedScript = { sha: string; keys: string[]; args: string[] }

const evalshaCall = z.tuple([z.string(), z.number()]).rest(z.union([z.string(), z.number()]))

/** The join script and its arguments; the fan's id is the first of them. */
export async function recordJoin(
  deps: Deps,
  concertId: ConcertId,
  fanId: AccountId,
): Promise<RecordedScript> {
  // the first join makes the line, and Redis learns the scripts
  await joinLine(deps, { concertId, fanId })
  const [script] = await recordScripts(deps, async (watched) => {
    await joinLine(watched, { concertId, fanId })
  })
  if (script === undefined || Number(script.args[0]) !== fanId)
    throw new Error('the join script takes its arguments in another order now')
  return script
}

/** The script of a tick and its arguments, in the order that lua/admit.lua says: the only one with nine. */
export async function recordTick(deps: Deps, concertId: ConcertId): Promise<RecordedScript> {
  await admit(deps, { concertId })
  const scripts = await recordScripts(deps, async (watched) => {
    await admit(watched, { concertId })
  })
  const script = scripts.find(({ args }) => args.length === tickArguments)
  if (script === undefined) throw new Error('the admission script takes other arguments now')
  return script
}

const tickArguments = 9

async function recordScripts(deps: Deps, work: (watched: Deps) => Promise<void>): Promise<RecordedScript[]> {
  const calls: unknown[][] = []
  const redis = intercept(deps.redis, 'evalsha', (args, reply) => {
    calls.push(args)
    return reply
  })
  await work({ ...deps, redis })
  return calls.map((call) => {
    const [sha, keyCount, ...rest] = evalshaCall.parse(call)
    const texts = rest.map(String)
    return { sha, keys: texts.slice(0, keyCount), args: texts.slice(keyCount) }
  })
}

export async function runScript(
  redis: Deps['redis'],
  script: RecordedScript,
  args: string[],
): Promise<unknown> {
  return await redis.evalsha(script.sha, script.keys.length, ...script.keys, ...args)
}
