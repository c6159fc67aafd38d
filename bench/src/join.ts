import { type AccountId, accountId, type ConcertId } from '@greenroom/contract'
import { type Deps, joinLine } from '@greenroom/core'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { runInFlight } from './in-flight.ts'
import { intercept } from './intercept.ts'
import { atOnce, callsPerRound, type RatedOperation, partOf } from './operation.ts'
import { openSale } from './sale.ts'

const perFullRound = 10_000
/** Nobody looks these fans up: the line knows ids alone, and the session was checked before. */
const firstFanId = 1_000_000
const firstFloorFanId = 2_000_000

/** New fans join a line that nobody leaves. */
export const join: RatedOperation = {
  name: 'join',
  title: `join, core function, ${atOnce} in flight`,
  unit: 'joins/s',
  goal: 0.8,
  prepare: async ({ deps, settings }, effort) => {
    const perRound = callsPerRound(effort, perFullRound)
    const total = perRound * (effort.rounds + 1)
    const { concertId } = await openSale(deps, { seatCount: 100, showCount: 1, capacity: 0 })
    const script = await recordJoin(deps, concertId, fanFrom(firstFanId + total))
    const redis = new Redis(settings.redisUrl)
    const fans = Array.from({ length: total }, (_, at) => fanFrom(firstFanId + at))
    const floorFans = Array.from({ length: total }, (_, at) => fanFrom(firstFloorFanId + at))
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    return {
      floorName: 'raw ioredis, EVALSHA of the same script',
      isGoalsFloor: true,
      ours: (round) =>
        runInFlight(partOf(fans, round, perRound), limits, async (fanId) => {
          const { entry } = await joinLine(deps, { concertId, fanId })
          if (entry.state !== 'waiting') throw new Error(`not waiting but ${entry.state}`)
        }),
      floor: (round) =>
        runInFlight(partOf(floorFans, round, perRound), limits, async (fanId) => {
          requireWaiting(
            await redis.evalsha(script.sha, script.keys.length, ...script.keys, fanId, ...script.args),
          )
        }),
      close: async () => redis.disconnect(),
    }
  },
}

const fanFrom = (id: number): AccountId => accountId.parse(id)

const evalshaCall = z.tuple([z.string(), z.number()]).rest(z.union([z.string(), z.number()]))

/** What the core sends to Redis for one join: the fan's id is the first argument after the keys. */
async function recordJoin(
  deps: Deps,
  concertId: ConcertId,
  fanId: AccountId,
): Promise<{ sha: string; keys: (string | number)[]; args: (string | number)[] }> {
  // the first join makes the line, and Redis learns the scripts
  await joinLine(deps, { concertId, fanId })
  const calls: unknown[][] = []
  const redis = intercept(deps.redis, 'evalsha', (args, reply) => {
    calls.push(args)
    return reply
  })
  await joinLine({ ...deps, redis }, { concertId, fanId })
  const [sha, keyCount, ...rest] = evalshaCall.parse(calls[0])
  const [first, ...args] = rest.slice(keyCount)
  if (Number(first) !== fanId) throw new Error('the join script takes its arguments in another order now')
  return { sha, keys: rest.slice(0, keyCount), args }
}

function requireWaiting(reply: unknown): void {
  if (!Array.isArray(reply) || reply[0] !== 'WAITING')
    throw new Error(`not waiting but ${JSON.stringify(reply)}`)
}
