import { accountId } from '@greenroom/contract'
import { joinLine } from '@greenroom/core'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation } from './operation.ts'
import { runRedisBenchmark } from './redis-benchmark.ts'
import { recordJoin } from './recorded-scripts.ts'
import { openSale } from './sale.ts'

const perFullRound = 10_000
const firstFanId = 4_000_000

/** `join` beside a floor that no program in JavaScript reaches: C, which reads the reply's first byte. */
export const joinRedisBenchmark: RatedOperation = {
  name: 'join-redis-benchmark',
  title: 'the same beside redis-benchmark',
  unit: 'joins/s',
  goal: null,
  prepare: async ({ deps, settings }, effort) => {
    const perRound = callsPerRound(effort, perFullRound)
    const total = perRound * (effort.rounds + 1)
    const { concertId } = await openSale(deps, { seatCount: 100, showCount: 1, capacity: 0 })
    const script = await recordJoin(deps, concertId, accountId.parse(firstFanId + total))
    const fans = Array.from({ length: total }, (_, at) => accountId.parse(firstFanId + at))
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    return {
      floorName: 'redis-benchmark, EVALSHA of the same script',
      isGoalsFloor: false,
      ours: (round) =>
        runInFlight(partOf(fans, round, perRound), limits, async (fanId) => {
          await joinLine(deps, { concertId, fanId })
        }),
      floor: () => runRedisBenchmark(settings.redisUrl, script, { clients: atOnce, requests: perRound }),
    }
  },
}
