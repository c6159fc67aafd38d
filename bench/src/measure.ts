import { type Finding, isWhole, judge } from './finding.ts'
import type { Sample } from './in-flight.ts'
import type { Contest, Effort, Operation, RatedOperation } from './operation.ts'
import { type ProcessCost, readCpuMs, readMemoryMiB } from './process-cost.ts'
import type { Stage } from './stage.ts'
import { median, quantile } from './statistics.ts'

/** All rows of one operation. */
export async function measure(operation: Operation, stage: Stage, effort: Effort): Promise<Finding[]> {
  if ('observe' in operation) return await operation.observe(stage, effort)
  return [await measureContest(operation, stage, effort)]
}

/** One side of one round, and what each process spent on it. */
type Side = { sample: Sample; cpuMs: Map<string, number> }
type Round = { ours: Side; floor: Side }
type Pids = Readonly<Record<string, number>>

/** Prepares the operation, warms both sides up, and runs them against each other round by round. */
async function measureContest(operation: RatedOperation, stage: Stage, effort: Effort): Promise<Finding> {
  const contest = await operation.prepare(stage, effort)
  const pids = { bench: process.pid, ...stage.pids, ...contest.pids }
  try {
    await stage.settle?.()
    const rounds: Round[] = []
    for (let round = 0; round <= effort.rounds; round++) rounds.push(await runRound(contest, pids, round))
    const details = (await contest.details?.()) ?? {}
    return { ...findingOf(operation, contest, rounds), processes: costsOf(rounds.slice(1), pids), details }
  } finally {
    await contest.close?.()
  }
}

/** The sides take turns in going first, so that neither always finds the caches warm or a checkpoint due. */
async function runRound(contest: Contest, pids: Pids, round: number): Promise<Round> {
  const runOurs = async (): Promise<Side> => {
    const side = await countCpu(pids, () => contest.ours(round))
    await contest.settle?.()
    return side
  }
  const runFloor = (): Promise<Side> => countCpu(pids, () => contest.floor(round))
  if (round % 2 === 1) {
    const floor = await runFloor()
    return { floor, ours: await runOurs() }
  }
  const ours = await runOurs()
  return { ours, floor: await runFloor() }
}

async function countCpu(pids: Pids, run: () => Promise<Sample>): Promise<Side> {
  const before = readCpuMs(pids)
  const sample = await run()
  const after = readCpuMs(pids)
  return { sample, cpuMs: new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? ms)])) }
}

function findingOf(
  operation: RatedOperation,
  contest: Contest,
  all: readonly Round[],
): Omit<Finding, 'processes' | 'details'> {
  const rounds = all
    .slice(1)
    .map(({ ours, floor }) => ({ value: rateOf(ours.sample), floor: rateOf(floor.sample) }))
  const value = median(rounds.map((round) => round.value))
  const ratio = median(rounds.map((round) => round.value / round.floor))
  const latenciesMs = all.slice(1).flatMap(({ ours }) => ours.sample.latenciesMs)
  const p99Ms = latenciesMs.length === 0 ? null : quantile(latenciesMs, 0.99)
  const samples = all.flatMap(({ ours, floor }) => [ours.sample, floor.sample])
  const success = successOf(all.map(({ ours }) => ours.sample))
  const floorSuccess = successOf(all.map(({ floor }) => floor.sample))
  return {
    operation: operation.title,
    value,
    unit: operation.unit,
    floor: median(rounds.map((round) => round.floor)),
    ratio,
    ...judgeAll(operation, contest, { value, ratio, p99Ms, isWhole: isWhole({ success, floorSuccess }) }),
    success,
    floorName: contest.floorName,
    floorSuccess,
    p50Ms: latenciesMs.length === 0 ? null : quantile(latenciesMs, 0.5),
    p99Ms,
    rounds,
    failure: samples.flatMap(({ failure }) => failure ?? [])[0] ?? null,
  }
}

/** All that was asked must hold, of calls that all succeeded; against another floor than the goal's nothing is claimed. */
function judgeAll(
  { goal, p99GoalMs, rateGoal }: RatedOperation,
  { isGoalsFloor }: Contest,
  found: { value: number; ratio: number; p99Ms: number | null; isWhole: boolean },
): Pick<Finding, 'goal' | 'met' | 'goalText'> {
  const byRatio = judge(goal === null ? null : { of: 'ratio', atLeast: goal }, found)
  const asked = [
    { text: byRatio.goalText, met: byRatio.met },
    ...(p99GoalMs === undefined
      ? []
      : [{ text: `p99 < ${p99GoalMs} ms`, met: found.p99Ms !== null && found.p99Ms < p99GoalMs }]),
    ...(rateGoal === undefined
      ? []
      : [{ text: `>= ${rateGoal.toLocaleString('en')}/s`, met: found.value >= rateGoal }]),
  ]
  const isJudged = byRatio.met !== null && isGoalsFloor
  return {
    goal: byRatio.goal,
    goalText: asked.map(({ text }) => text).join(', '),
    met: isJudged ? found.isWhole && asked.every(({ met }) => met) : null,
  }
}

function costsOf(rounds: readonly Round[], pids: Pids): ProcessCost[] {
  const usPerCall = (sides: Side[], name: string): number => {
    const calls = sides.reduce((sum, { sample }) => sum + sample.succeeded, 0)
    return calls === 0 ? 0 : (cpuMsOf(sides, name) * 1_000) / calls
  }
  const ours = rounds.map((round) => round.ours)
  const floor = rounds.map((round) => round.floor)
  const oursMs = ours.reduce((sum, { sample }) => sum + sample.elapsedMs, 0)
  return Object.entries(pids).map(([name, pid]) => ({
    process: name,
    oursUs: usPerCall(ours, name),
    floorUs: usPerCall(floor, name),
    oursCores: cpuMsOf(ours, name) / oursMs,
    memoryMiB: readMemoryMiB(pid),
  }))
}

const cpuMsOf = (sides: readonly Side[], name: string): number =>
  sides.reduce((sum, { cpuMs }) => sum + (cpuMs.get(name) ?? 0), 0)

/** Per second. */
const rateOf = (sample: Sample): number => (sample.succeeded * 1_000) / sample.elapsedMs

const successOf = (samples: readonly Sample[]): number =>
  samples.reduce((sum, sample) => sum + sample.succeeded, 0) /
  samples.reduce((sum, sample) => sum + sample.attempted, 0)
