import { type AccountId, accountId } from '@greenroom/contract'
import { joinLine } from '@greenroom/core'
import { Redis } from 'ioredis'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation } from './operation.ts'
import { recordJoin, runScript } from './recorded-scripts.ts'
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
          requireWaiting(await runScript(redis, script, [`${fanId}`, ...script.args.slice(1)]))
        }),
      close: async () => redis.disconnect(),
    }
  },
}

const fanFrom = (id: number): AccountId => accountId.parse(id)

function requireWaiting(reply: unknown): void {
  if (!Array.isArray(reply) || reply[0] !== 'WAITING')
    throw new Error(`not waiting but ${JSON.stringify(reply)}`)
}
