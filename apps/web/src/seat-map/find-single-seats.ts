import { singleSeatsBeside } from '@greenroom/contract/plain'
import { areOneParty, range } from './pick-together.ts'
import type { SeatPlan } from './seat-plan.ts'

/** A group that leaves seats alone, and where the same group would leave none. */
export type SingleSeats = {
  readonly alone: readonly number[]
  readonly group: readonly number[]
  readonly instead: readonly number[]
}

/**
 * The first of the picked groups that leaves a single seat with nobody to sit beside though it need not: moved along its row
 * it would leave none. `undefined` when there is none, also when no place in the row is better.
 */
export function findSingleSeats(
  plan: SeatPlan,
  { picked, canHave }: { picked: ReadonlySet<number>; canHave: (ordinal: number) => boolean },
): SingleSeats | undefined {
  for (const group of groupsOf(plan, picked)) {
    const isOpen = (seat: number): boolean => canHave(seat) && !picked.has(seat)
    const bounds = { start: group[0] ?? 0, end: (group.at(-1) ?? 0) + 1 }
    const alone = singleSeatsBeside(plan.runs, bounds, isOpen)
    if (alone.length === 0) continue
    const instead = findBetter(plan, group, (seat) => isOpen(seat) || group.includes(seat))
    if (instead !== undefined) return { alone, group, instead }
  }
  return undefined
}

function findBetter(
  plan: SeatPlan,
  group: readonly number[],
  isOpen: (seat: number) => boolean,
): number[] | undefined {
  const [first = 0] = group
  const from = plan.runs.runStart[first] ?? first
  const end = plan.runs.runEnd[first] ?? first + 1
  return range(from, end - group.length + 1)
    .toSorted((a, b) => Math.abs(a - first) - Math.abs(b - first))
    .map((start) => range(start, start + group.length))
    .find(
      (moved) =>
        moved.every((seat) => isOpen(seat) && areOneParty(plan, first, seat)) &&
        singleSeatsBeside(plan.runs, { start: moved[0] ?? 0, end: (moved.at(-1) ?? 0) + 1 }, isOpen)
          .length === 0,
    )
}

/** Neighbours among the picked seats belong together. */
function groupsOf({ runs, kindOf }: SeatPlan, picked: ReadonlySet<number>): number[][] {
  const groups: number[][] = []
  for (const seat of [...picked].filter((each) => kindOf(each) !== 'standing').sort((a, b) => a - b)) {
    const group = groups.at(-1)
    const isNeighbour = group?.at(-1) === seat - 1 && runs.runStart[seat] === runs.runStart[seat - 1]
    if (isNeighbour) group?.push(seat)
    else groups.push([seat])
  }
  return groups
}
