import { accountId, type ConcertId } from '@greenroom/contract'
import { Redis } from 'ioredis'
import { callsPerRound, type Effort } from './operation.ts'
import { recordJoin, type RecordedScript, recordTick } from './recorded-scripts.ts'
import { openSale } from './sale.ts'
import type { Stage } from './stage.ts'

export type CrowdedLine = {
  concertId: ConcertId
  waiting: number
  /** What Redis says it took for them, its own bookkeeping included. */
  usedBytes: number
  tick: RecordedScript
}

const fullCrowd = 1_000_000
const joinsAtOnce = 1_000
const firstFanId = 10_000_000

const made = new WeakMap<Stage, Promise<CrowdedLine>>()

/** A line in which a million fans wait, each joined by the join script; one for all operations that want it. */
export function crowdedLine(stage: Stage, effort: Effort): Promise<CrowdedLine> {
  const line = made.get(stage) ?? fillLine(stage, callsPerRound(effort, fullCrowd))
  made.set(stage, line)
  return line
}

/** Another one, of any size. */
export async function fillLine(stage: Stage, crowd: number): Promise<CrowdedLine> {
  const { deps, settings } = stage
  const { concertId } = await openSale(deps, { seatCount: 100, showCount: 1, capacity: 0 })
  const join = await recordJoin(deps, concertId, accountId.parse(firstFanId))
  const redis = new Redis(settings.redisUrl)
  try {
    const before = await readUsedBytes(redis)
    // the fan of the recording is the first of the crowd
    for (let first = 1; first < crowd; first += joinsAtOnce) {
      const pipeline = redis.pipeline()
      for (let at = first; at < Math.min(first + joinsAtOnce, crowd); at++)
        pipeline.evalsha(join.sha, join.keys.length, ...join.keys, firstFanId + at, ...join.args.slice(1))
      await pipeline.exec()
    }
    const usedBytes = (await readUsedBytes(redis)) - before
    const waiting = await redis.zcard(`{wr:${concertId}}:waiting`)
    if (waiting !== crowd) throw new Error(`${waiting} wait where ${crowd} joined`)
    await stage.settle?.()
    return { concertId, waiting, usedBytes, tick: await recordTick(deps, concertId) }
  } finally {
    redis.disconnect()
  }
}

async function readUsedBytes(redis: Redis): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1])
}
