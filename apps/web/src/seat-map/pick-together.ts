import { singleSeatsBeside } from '@greenroom/contract/plain'
import type { SeatPlan } from './seat-plan.ts'

/**
 * The seats one press picks for a party of `count`: neighbours of the pressed one, itself among them, of its category (and
 * companion seats beside a wheelchair). Rather such as leave no single seat alone, and rather with the pressed one in their middle.
 * Fewer than `count` where no more are open side by side.
 */
export function pickTogether(
  plan: SeatPlan,
  wish: { at: number; count: number; canHave: (ordinal: number) => boolean },
): number[] {
  const { at, count, canHave } = wish
  const fits = (seat: number): boolean => canHave(seat) && areOneParty(plan, at, seat)
  let first = at
  let end = at + 1
  while (first > (plan.runs.runStart[at] ?? at) && fits(first - 1)) first--
  while (end < (plan.runs.runEnd[at] ?? end) && fits(end)) end++
  if (end - first <= count) return range(first, end)
  const starts = range(Math.max(first, at - count + 1), Math.min(at, end - count) + 1)
  const costOf = (start: number): number =>
    10 * count * singleSeatsBeside(plan.runs, { start, end: start + count }, canHave).length +
    Math.abs(start + (count - 1) / 2 - at)
  const best = starts.reduce((one, other) => (costOf(other) < costOf(one) ? other : one), starts[0] ?? at)
  return range(best, best + count)
}

/** Whether two seats are for one party: of one price, or a wheelchair's and its companion's. */
export function areOneParty({ geometry, kindOf }: SeatPlan, one: number, other: number): boolean {
  if (geometry.categoryCode[one] === geometry.categoryCode[other]) return true
  const kinds = [kindOf(one), kindOf(other)]
  return kinds.includes('accessible') && kinds.includes('companion')
}

export function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index)
}
