import { Worker } from 'node:worker_threads'
import type { Fault } from './oracles/witness.ts'
import type { PlantedBug } from './planted-bugs.ts'
import type { RunResult } from './simulate.ts'
import type { ThreadMessage, ThreadTask } from './simulation-thread.ts'

export type SimulationOptions = {
  fromSeed?: number | undefined
  /** At least so many in all; the runs under way are ended properly. */
  operations?: number | undefined
  runs?: number | undefined
  threads?: number | undefined
  bug?: PlantedBug | undefined
  acceptStatements?: boolean | undefined
  onRun?: ((result: RunResult, soFar: SimulationSummary) => void) | undefined
}

export type SimulationSummary = {
  fromSeed: number
  runs: number
  operations: number
  operationsPerSecond: number
  seconds: number
  crashes: number
  /** Crashes and everything else that befell a process, Redis or a connection. */
  events: number
  commits: number
  scripts: number
  holds: number
  payments: number
  refunds: number
  violations: (Fault & { seed: number })[]
}

/**
 * Runs sales from seeds on, each thread its own share of them, and adds up what they came to. The clocks of a thread are the
 * run's, so each runs in one of its own; rejects when one of them dies, which is a mistake of the simulation itself.
 */
export async function runSimulations(options: SimulationOptions): Promise<SimulationSummary> {
  const {
    fromSeed = 1,
    operations = Number.MAX_SAFE_INTEGER,
    runs = Number.MAX_SAFE_INTEGER,
    threads = 1,
  } = options
  const summary: SimulationSummary = {
    fromSeed,
    runs: 0,
    operations: 0,
    operationsPerSecond: 0,
    seconds: 0,
    crashes: 0,
    events: 0,
    commits: 0,
    scripts: 0,
    holds: 0,
    payments: 0,
    refunds: 0,
    violations: [],
  }
  const beganAtMs = performance.now()
  const take = (result: RunResult): void => {
    addTo(summary, result)
    summary.seconds = (performance.now() - beganAtMs) / 1_000
    summary.operationsPerSecond = Math.round(summary.operations / summary.seconds)
    options.onRun?.(result, summary)
  }
  const tasks = Array.from({ length: threads }, (_none, at) => ({
    from: fromSeed + at,
    step: threads,
    operations: Math.ceil(operations / threads),
    runs: Math.ceil(runs / threads),
    bugs: [options.bug],
    untilFound: false,
    acceptStatements: options.acceptStatements ?? false,
  }))
  await Promise.all(tasks.map((task) => runThread(task, (_bug, result) => take(result))))
  return summary
}

/** How a planted bug was found: after how many seeds, and what noticed first. */
export type FoundBug = { bug: PlantedBug; runs: number; seed: number; oracle: string; fault: string }

/** Runs sales with each bug in turn until one is noticed, `runs` seeds at most. A bug that is not in the answer was not found. */
export async function findPlantedBugs(options: {
  bugs: PlantedBug[]
  runs: number
  threads: number
}): Promise<FoundBug[]> {
  const { bugs, runs, threads } = options
  const tried = new Map<PlantedBug, number>()
  const found: FoundBug[] = []
  const shares = Array.from({ length: threads }, (_none, at) =>
    bugs.filter((_bug, index) => index % threads === at),
  )
  const take = (bug: PlantedBug | undefined, { seed, violations }: RunResult): void => {
    if (bug === undefined) return
    tried.set(bug, (tried.get(bug) ?? 0) + 1)
    const [first] = violations
    if (first === undefined) return
    found.push({ bug, runs: tried.get(bug) ?? 0, seed, oracle: first.oracle, fault: first.fault })
  }
  const anyNumber = Number.MAX_SAFE_INTEGER
  const task = { from: 1, step: 1, runs, operations: anyNumber, untilFound: true, acceptStatements: false }
  await Promise.all(shares.map((share) => runThread({ ...task, bugs: share }, take)))
  return found
}

function runThread(
  task: ThreadTask,
  take: (bug: PlantedBug | undefined, result: RunResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulation-thread.ts', import.meta.url), { workerData: task })
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'ran') {
        take(message.bug, message.result)
        return
      }
      resolve()
      void worker.terminate()
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('a thread ended before its work')))
  })
}

function addTo(summary: SimulationSummary, { seed, sold, ...result }: RunResult): void {
  summary.runs += 1
  summary.operations += result.operations
  summary.crashes += result.crashes
  summary.events += result.events
  summary.commits += sold.commits
  summary.scripts += sold.scripts
  summary.holds += sold.holds
  summary.payments += sold.payments
  summary.refunds += sold.refunds
  for (const violation of result.violations) summary.violations.push({ seed, ...violation })
}
