import type { Violation } from '@greenroom/oracles'
import { countTwoDevices } from '../count-two-devices.ts'
import { allFaults } from '../faults/all-faults.ts'
import type { JobCount } from '../faults/fault.ts'
import type { FaultRun } from '../faults/run-faults.ts'
import type { ProofRun } from '../prove.ts'
import { describeMachine, type Machine } from './machine.ts'
import { findShortcomings } from './find-shortcomings.ts'
import type { OtherParts } from './parts.ts'

/** What `docs/proof.json` holds. Every number is counted by a program. */
export type ProofReport = OtherParts & {
  /** What ran, from beginning to end; `+` behind it when files differed from it. */
  commit: string
  finishedAt: string
  machine: Machine
  seed: number
  minutes: number
  fans: number
  rounds: number
  /** Those that broke something. `impossible`: what this machine does not let the lab do. */
  faults: { total: number; byKind: Record<string, number>; notTried: string[]; impossible: string[] }
  /** What became of jobs, by fault. */
  jobs: Record<string, JobCount>
  ackedPayments: number
  ackedPaymentsDuringFaults: number
  calls: ProofRun['calls']
  /** Answered joins and readings while another device of the same fan was asking there, too. */
  callsOfTwoDevices: number
  mapsCompared: number
  /** How often the product checked itself while it was being broken. */
  ownChecks: number
  /** Acknowledged effects that the database does not have. */
  lost: number
  /** Seats, payments or keys that had an effect twice. */
  doubled: number
  violations: (Violation & { round: number | 'end' })[]
  /** Processes that crashed by themselves after they had been ready. */
  crashes: string[]
  /** How long, from the last fault of a round, until everything was mended and quiet: [median, longest]. */
  quietAfterMs: { median: number; longest: number }
  simulatedOperations: number | null
  /** Why this proves less than it set out to; none: nothing lost, nothing doubled, no rule broken, and all of it of one commit. */
  shortcomings: string[]
}

const lostOracles = new Set(['acknowledged-is-kept', 'paid-seat-is-released-by-a-refund-alone'])
const doubledOracles = new Set([
  'no-seat-is-sold-twice',
  'one-effect-per-key',
  'repeat-gets-first-reply',
  'one-owner-per-seat',
  'sold-seat-has-one-ticket',
  'paid-reservation-has-one-payment',
  'money-of-a-reservation-moved-as-it-says',
  'seat-linearizable',
])

/** Puts together what a run found and what other commands left behind, and judges it. */
export function makeReport(
  run: ProofRun,
  options: {
    commit: string
    seed: number
    fans: number
    parts: OtherParts
    needsAllParts: boolean
    /** Why parts that are there are not in `parts`. */
    unreadable?: readonly string[]
  },
): ProofReport {
  const inRounds = run.rounds.flatMap(({ round, violations: found }) =>
    found.map((each) => ({ ...each, round })),
  )
  const known = new Set(inRounds.map(nameOf))
  const atTheEnd = run.violations.filter((each) => !known.has(nameOf(each)))
  const violations = [...inRounds, ...atTheEnd.map((each) => ({ ...each, round: 'end' as const }))]
  const runs = run.rounds.flatMap((round) => round.faults)
  const byKind = Object.fromEntries(
    [...Map.groupBy(runs, ({ name }) => name)]
      .map(([name, own]) => [name, own.length] as const)
      .toSorted(byName),
  )
  const quiet = run.rounds
    .map(({ times }) => times.healMs + times.parkMs + times.quietMs)
    .toSorted((one, other) => one - other)
  const { parts } = options
  const report = {
    commit: options.commit,
    finishedAt: new Date().toISOString(),
    machine: describeMachine(),
    seed: options.seed,
    minutes: Math.round(run.seconds / 6) / 10,
    fans: options.fans,
    rounds: run.rounds.length,
    faults: {
      total: runs.length,
      byKind,
      notTried: allFaults
        .map(({ name }) => name)
        .filter((name) => byKind[name] === undefined && !run.impossible.includes(name)),
      impossible: run.impossible,
    },
    jobs: countJobs(runs),
    ackedPayments: run.payments.acknowledged,
    ackedPaymentsDuringFaults: run.payments.duringFaults,
    calls: run.calls,
    callsOfTwoDevices: countTwoDevices(run.history),
    mapsCompared: run.mapsCompared,
    ownChecks: run.ownChecks,
    // an acknowledgement that was repeated is lost once
    lost: new Set(violations.flatMap(({ oracle, fault }) => (lostOracles.has(oracle) ? fault : []))).size,
    doubled: violations.filter(({ oracle }) => doubledOracles.has(oracle)).length,
    violations,
    crashes: run.ownEnds.filter(({ wasReady }) => wasReady).map(({ says }) => says),
    quietAfterMs: { median: quiet[Math.floor(quiet.length / 2)] ?? 0, longest: quiet.at(-1) ?? 0 },
    ...parts,
    simulatedOperations: parts.simulation?.operations ?? null,
  }
  return { ...report, shortcomings: findShortcomings(report, options) }
}

/** Whether the run proves what it set out to. */
export function isProven({ shortcomings }: ProofReport): boolean {
  return shortcomings.length === 0
}

function countJobs(runs: readonly FaultRun[]): Record<string, JobCount> {
  const counts: Record<string, JobCount> = {}
  for (const { name, jobs } of runs) {
    if (jobs === undefined) continue
    const { met, missed } = counts[name] ?? { met: 0, missed: 0 }
    counts[name] = { met: met + jobs.met, missed: missed + jobs.missed }
  }
  return counts
}

/** What a round found is found again at the end. */
function nameOf({ oracle, fault }: Violation): string {
  return `${oracle} ${fault}`
}

function byName([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1
}
