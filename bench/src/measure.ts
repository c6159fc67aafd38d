import type { Sample } from './in-flight.ts'
import type { Contest, Effort, Operation } from './operation.ts'
import type { Stage } from './stage.ts'
import { median, quantile } from './statistics.ts'

/** What `--json` prints for each operation. Rates count what succeeded; `null` says: not measured, or not comparable. */
export type Finding = {
  operation: string
  value: number
  unit: string
  floor: number
  floorName: string
  /** The median of the rounds' own ratios: what slows a whole round slows both of its sides. */
  ratio: number
  goal: number
  met: boolean | null
  /** Shares of the calls that succeeded. */
  success: number
  floorSuccess: number
  p50Ms: number | null
  p99Ms: number | null
  rounds: { value: number; floor: number }[]
  /** Why the first call that failed did. */
  failure: string | null
}

type Round = { ours: Sample; floor: Sample }

/** Prepares the operation, warms both sides up, and runs them against each other round by round. */
export async function measure(operation: Operation, stage: Stage, effort: Effort): Promise<Finding> {
  const contest = await operation.prepare(stage, effort)
  try {
    const rounds: Round[] = []
    for (let round = 0; round <= effort.rounds; round++) rounds.push(await runRound(contest, round))
    return findingOf(operation, contest, rounds)
  } finally {
    await contest.close?.()
  }
}

/** The sides take turns in going first, so that neither always finds the caches warm or a checkpoint due. */
async function runRound(contest: Contest, round: number): Promise<Round> {
  const runOurs = async (): Promise<Sample> => {
    const sample = await contest.ours(round)
    await contest.settle?.()
    return sample
  }
  if (round % 2 === 1) {
    const floor = await contest.floor(round)
    return { floor, ours: await runOurs() }
  }
  const ours = await runOurs()
  return { ours, floor: await contest.floor(round) }
}

function findingOf(operation: Operation, contest: Contest, all: readonly Round[]): Finding {
  const rounds = all.slice(1).map(({ ours, floor }) => ({ value: rateOf(ours), floor: rateOf(floor) }))
  const ratio = median(rounds.map(({ value, floor }) => value / floor))
  const latenciesMs = all.slice(1).flatMap(({ ours }) => ours.latenciesMs)
  return {
    operation: operation.title,
    value: median(rounds.map(({ value }) => value)),
    unit: operation.unit,
    floor: median(rounds.map(({ floor }) => floor)),
    floorName: contest.floorName,
    ratio,
    goal: operation.goal,
    met: contest.isGoalsFloor ? ratio >= operation.goal : null,
    success: successOf(all.map(({ ours }) => ours)),
    floorSuccess: successOf(all.map(({ floor }) => floor)),
    p50Ms: latenciesMs.length === 0 ? null : quantile(latenciesMs, 0.5),
    p99Ms: latenciesMs.length === 0 ? null : quantile(latenciesMs, 0.99),
    rounds,
    failure: all.flatMap(({ ours, floor }) => ours.failure ?? floor.failure ?? [])[0] ?? null,
  }
}

/** Per second. */
const rateOf = (sample: Sample): number => (sample.succeeded * 1_000) / sample.elapsedMs

const successOf = (samples: readonly Sample[]): number =>
  samples.reduce((sum, sample) => sum + sample.succeeded, 0) /
  samples.reduce((sum, sample) => sum + sample.attempted, 0)
