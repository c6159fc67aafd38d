import { type CrowdedLine, crowdedLine } from './crowded-line.ts'
import { observed } from './finding.ts'
import type { ObservedOperation } from './operation.ts'
import { runScript } from './recorded-scripts.ts'
import type { Stage } from './stage.ts'
import { timeInTurns, timesRow } from './times.ts'

const atATime = 1_000
const turnsEach = 25
const hourMs = 3_600_000
const plenty = 100_000_000

/** One script that takes the first out of a set and puts them into another: the least that letting in can be. */
const bareMove = `
  local popped = redis.call('ZPOPMIN', KEYS[1], ARGV[1])
  local added = {}
  for i = 1, #popped, 2 do
    added[#added + 1] = ARGV[2]
    added[#added + 1] = popped[i]
  end
  redis.call('ZADD', KEYS[2], unpack(added))
  return popped`

/** A tick lets a thousand in: offers written, counters booked, nobody twice. */
export const admit: ObservedOperation = {
  name: 'admit',
  observe: async (stage, effort) => {
    const line = await crowdedLine(stage, effort)
    const { redis } = stage.deps
    await redis.copy(`{wr:${line.concertId}}:waiting`, floorWaiting, 'REPLACE')
    const turns = Math.ceil(turnsEach * Math.max(effort.share, 0.2))
    let admitted = 0
    const found = await timeInTurns(
      turns,
      async () => {
        admitted += offeredOf(await letIn(stage, line))
      },
      () => redis.eval(bareMove, 2, floorWaiting, floorInside, atATime, plenty),
    )
    await redis.del(floorWaiting, floorInside)
    return [
      observed({
        operation: `admit ${atATime} out of ${line.waiting.toLocaleString('en')}`,
        ...timesRow(found),
        unit: 'ms',
        floorName: 'ZPOPMIN and ZADD in a script of their own',
        goal: { of: 'ratio', atMost: 1.5 },
        success: admitted / (turns * atATime),
      }),
    ]
  },
}

const floorWaiting = 'bench:waiting'
const floorInside = 'bench:inside'

/** The tick's own script with room for everybody, offers that do not run out meanwhile, and no endings. */
async function letIn(stage: Stage, { tick }: CrowdedLine): Promise<unknown> {
  const [, , , , , stock = '[]', , mostEndings = '0'] = tick.args
  const args = ['1', plenty, -1, hourMs, plenty, stock, atATime, mostEndings].map(String)
  return await runScript(stage.deps.redis, tick, args)
}

/** The ninth part of its reply: the fans who were offered a pass. */
function offeredOf(reply: unknown): number {
  const offered: unknown = Array.isArray(reply) ? reply[8] : undefined
  if (!Array.isArray(offered)) throw new Error(`the tick answered ${JSON.stringify(reply)}`)
  return offered.length
}
