import type { Finding } from './finding.ts'
import type { Sample } from './in-flight.ts'
import type { Stage } from './stage.ts'

/** How much is done: a full run, or one that only shows that everything still runs. */
export type Effort = {
  /** Rounds that count, after one that only warms up. */
  rounds: number
  /** After this no further call of a round begins. */
  maxRoundMs: number
  /** Of the calls a full round makes. */
  share: number
}

export const fullEffort: Effort = { rounds: 5, maxRoundMs: 1_000, share: 1 }
export const smokeEffort: Effort = { rounds: 1, maxRoundMs: 200, share: 0.04 }

/** As many callers as the goals are set for. */
export const atOnce = 64

/** One line of `operations.ts`, and one name on the command line. */
export type Operation = RatedOperation | ObservedOperation

/** Calls a second against a floor's calls a second, in rounds. */
export type RatedOperation = {
  /** What one asks for on the command line. */
  name: string
  title: string
  unit: string
  /** The ratio to the floor that is aimed at; `null`: shown beside the others. */
  goal: number | null
  /** Also asked of it: a p99 below this. */
  p99GoalMs?: number
  /** Also asked of it: as many a second, whatever the floor. */
  rateGoal?: number
  /** Everything that is not to be timed. */
  prepare: (stage: Stage, effort: Effort) => Promise<Contest>
}

/** Anything else that gives rows: bytes, times, costs of two sizes. */
export type ObservedOperation = {
  name: string
  observe: (stage: Stage, effort: Effort) => Promise<Finding[]>
}

/** An operation beside its floor, ready to run. Round 0 warms up; every round uses up its own seats and fans. */
export type Contest = {
  floorName: string
  /** Whether the goal was set against this very floor; else meeting it is not claimed. */
  isGoalsFloor: boolean
  ours: (round: number) => Promise<Sample>
  floor: (round: number) => Promise<Sample>
  /** Waits for what `ours` left running, so that the floor is not slowed by it. */
  settle?: () => Promise<void>
  /** Processes that take part beside the bench, Postgres and Redis, by name. */
  pids?: Readonly<Record<string, number>>
  /** What else is to be told, asked once the rounds are over. */
  details?: () => Finding['details'] | Promise<Finding['details']>
  close?: () => Promise<void>
}

export const callsPerRound = (effort: Effort, full: number): number => Math.ceil(full * effort.share)

/** What the floor of a run with the fewest calls takes is 768 seats: 64 clients, 6 each, in two rounds. */
const leastSeats = 2_000

/** The seats of a hall that has `full` of them in a full run: making 90,000 takes longer than the calls that show that all runs. */
export const seatsFor = (effort: Effort, full: number): number =>
  Math.max(Math.min(full, leastSeats), Math.ceil(full * effort.share))

/** What belongs to one round of a list that holds `perRound` for each. */
export const partOf = <T>(items: readonly T[], round: number, perRound: number): T[] =>
  items.slice(round * perRound, (round + 1) * perRound)
