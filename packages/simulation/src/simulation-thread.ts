import { parentPort, workerData } from 'node:worker_threads'
import { openTemplate } from './core-template.ts'
import type { PlantedBug } from './planted-bugs.ts'
import { learnTexts } from './postgres/modelled-texts.ts'
import { type RunResult, simulate } from './simulate.ts'
import { installVirtualTime } from './virtual-time.ts'

/** What a thread is to run: seeds `from`, `from + step`, and so on, until it has done so many operations or runs. */
export type ThreadTask = {
  from: number
  step: number
  operations: number
  runs: number
  /** Each of them in turn, or none. */
  bugs: (PlantedBug | undefined)[]
  /** Goes on to the next bug at the first run that finds something. */
  untilFound: boolean
  acceptStatements: boolean
}

export type ThreadMessage = { kind: 'ran'; bug: PlantedBug | undefined; result: RunResult } | { kind: 'done' }

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `runThread` is the only one to start this file
const task = workerData as ThreadTask
const port = parentPort
if (port === null) throw new Error('this file runs as a thread of its own, whose clocks it replaces')
const say = (message: ThreadMessage): void => port.postMessage(message)

const template = openTemplate({ concertId: 1, seatsPerShow: 12 })
const learning = task.acceptStatements ? learnTexts() : undefined
const thread = { ...installVirtualTime(), template }
for (const bug of task.bugs) {
  let operations = 0
  for (let run = 0; run < task.runs && operations < task.operations; run++) {
    const result = await simulate(thread, { seed: task.from + run * task.step, bug })
    operations += result.operations
    const isGood = result.violations.length === 0
    // the steps are for who replays the seed; in a long run they are the most of what is said
    say({ kind: 'ran', bug, result: isGood && task.runs > 1 ? { ...result, lastSteps: [] } : result })
    if (task.untilFound && !isGood) break
  }
}
learning?.save()
say({ kind: 'done' })
