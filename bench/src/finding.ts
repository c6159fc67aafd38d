import type { ProcessCost } from './process-cost.ts'

/**
 * What `--json` prints for each row, the eight agreed fields first. Rates count what succeeded; `null` says: not measured, or
 * not comparable.
 */
export type Finding = {
  operation: string
  value: number
  unit: string
  floor: number | null
  /** Of value and floor: the median of the rounds' own ratios, since what slows a whole round slows both of its sides. */
  ratio: number | null
  /** The bound of the goal; `goalText` says on what and in which direction. `null`: shown beside the others, no goal. */
  goal: number | null
  met: boolean | null
  /** The share of the calls that succeeded. */
  success: number
  goalText: string
  floorName: string | null
  floorSuccess: number | null
  p50Ms: number | null
  p99Ms: number | null
  /** What each process spent on a call, on either side. */
  processes: ProcessCost[]
  rounds: { value: number; floor: number | null }[]
  /** Whatever else was counted, named with its unit. */
  details: Record<string, number | string | boolean>
  /** Why the first call that failed did. */
  failure: string | null
}

export type Goal =
  | { of: 'ratio' | 'value'; atLeast: number }
  | { of: 'ratio' | 'value'; atMost: number }
  /** The ratio, to within a share either way: 0.2 is 0.8 to 1.2. */
  | { of: 'ratio'; within: number }

/** Whether the goal is met: `null` where there is none, or nothing to hold against it. */
export function judge(
  goal: Goal | null,
  found: Pick<Finding, 'value' | 'ratio'>,
): Pick<Finding, 'goal' | 'goalText' | 'met'> {
  if (goal === null) return { goal: null, goalText: '-', met: null }
  const measured = found[goal.of]
  const times = goal.of === 'ratio' ? 'x' : ''
  if ('within' in goal) {
    const met = measured === null ? null : Math.abs(measured - 1) <= goal.within
    return { goal: goal.within, goalText: `1x +-${goal.within * 100} %`, met }
  }
  if ('atLeast' in goal) {
    const met = measured === null ? null : measured >= goal.atLeast
    return { goal: goal.atLeast, goalText: `>= ${goal.atLeast}${times}`, met }
  }
  const met = measured === null ? null : measured <= goal.atMost
  return { goal: goal.atMost, goalText: `<= ${goal.atMost}${times}`, met }
}

/** Whether every call succeeded, of the floor too: with failures in it a number says nothing, and no goal is met by it. */
export const isWhole = ({ success, floorSuccess }: Pick<Finding, 'success' | 'floorSuccess'>): boolean =>
  success === 1 && (floorSuccess ?? 1) === 1

type Observed = Pick<Finding, 'operation' | 'value' | 'unit' | 'success'> &
  Partial<Omit<Finding, 'goal' | 'met' | 'goalText'>> & { goal: Goal | null }

/** A row that was not found by a contest in rounds. What is left out was not measured; the ratio is value by floor. */
export function observed(row: Observed): Finding {
  const floor = row.floor ?? null
  const ratio = row.ratio ?? (floor === null ? null : row.value / floor)
  const { operation, value, unit, success } = row
  const { goal, goalText, met } = judge(row.goal, { value, ratio })
  const floorSuccess = row.floorSuccess ?? null
  return {
    operation,
    value,
    unit,
    floor,
    ratio,
    goal,
    met: met === null ? null : met && isWhole({ success, floorSuccess }),
    success,
    goalText,
    floorName: row.floorName ?? null,
    floorSuccess,
    p50Ms: row.p50Ms ?? null,
    p99Ms: row.p99Ms ?? null,
    processes: row.processes ?? [],
    rounds: row.rounds ?? [],
    details: row.details ?? {},
    failure: row.failure ?? null,
  }
}
