import { admit } from '@greenroom/core'
import { crowdedLine, fillLine } from './crowded-line.ts'
import { observed } from './finding.ts'
import type { ObservedOperation } from './operation.ts'
import { runScript } from './recorded-scripts.ts'
import { median } from './statistics.ts'
import { timeInTurns, timesRow } from './times.ts'

const smallCrowd = 1_000
const turnsEach = 400
const wholeTurnsEach = 40

/** The step that every second counts the line and tells everybody, with nobody let in: what it costs in a long and a short line. */
export const tick: ObservedOperation = {
  name: 'tick',
  observe: async (stage, effort) => {
    const { deps } = stage
    const long = await crowdedLine(stage, effort)
    const short = await fillLine(stage, smallCrowd)
    const found = await timeInTurns(
      Math.ceil(turnsEach * effort.share),
      () => runScript(deps.redis, long.tick, long.tick.args),
      () => runScript(deps.redis, short.tick, short.tick.args),
    )
    const whole = await timeInTurns(
      Math.ceil(wholeTurnsEach * effort.share),
      () => admit(deps, { concertId: long.concertId }),
      () => admit(deps, { concertId: short.concertId }),
    )
    return [
      observed({
        operation: `progress tick, ${long.waiting.toLocaleString('en')} waiting`,
        ...timesRow(found),
        unit: 'ms',
        floorName: `the same with ${smallCrowd.toLocaleString('en')} waiting`,
        goal: { of: 'ratio', within: 0.2 },
        success: 1,
        details: { wholeTickMs: median(whole.ours), wholeTickOfShortLineMs: median(whole.floor) },
      }),
    ]
  },
}
