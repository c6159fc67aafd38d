import { at, groupDistance, rankedStarts, type SeatLayout } from './seat-layout.ts'

export type BestWish = {
  quantity: number
  categoryCode?: number | undefined
  /** Whether the seat with that ordinal can be had now. */
  isOpen: (ordinal: number) => boolean
  /** How many near-equal places to draw from: more when a crowd asks at once. */
  choices: number
  /** Groups whose mean distances differ by up to this many seat widths count as near-equal. */
  spreadSeats: number
  /** At least 0, less than 1. */
  random: () => number
}

/**
 * The ordinals of `quantity` open neighbours in one row, as near to the stage as can be had; `undefined` when there are
 * none. A place that would leave a single open seat between taken ones is used only when there is no other. Which of the
 * nearly equal best ones is chance, so that a crowd does not run into one another.
 */
export function chooseBestSeats(layout: SeatLayout, wish: BestWish): number[] | undefined {
  const near: number[] = []
  let bestDistance: number | undefined
  let leavingGap: number | undefined
  for (const start of rankedStarts(layout, wish.quantity)) {
    if (!isOpenGroup(layout, start, wish)) continue
    if (leavesSingleSeat(layout, start, wish)) {
      leavingGap ??= start
      continue
    }
    const distance = groupDistance(layout, start, wish.quantity)
    bestDistance ??= distance
    if (distance > bestDistance + wish.spreadSeats) break
    near.push(start)
    if (near.length >= wish.choices) break
  }
  const chosen = near[Math.floor(wish.random() * near.length)] ?? leavingGap
  return chosen === undefined
    ? undefined
    : Array.from({ length: wish.quantity }, (_, offset) => chosen + offset)
}

/** The longest stretch of open neighbours there is, for telling a fan what could be had instead. */
export function longestOpenRun(layout: SeatLayout, wish: Pick<BestWish, 'categoryCode' | 'isOpen'>): number {
  let longest = 0
  let length = 0
  for (let seat = 0; seat < layout.seatCount; seat++) {
    if (at(layout.runStart, seat) === seat) length = 0
    length = isWanted(layout, seat, wish) ? length + 1 : 0
    longest = Math.max(longest, length)
  }
  return longest
}

function isOpenGroup(layout: SeatLayout, start: number, wish: BestWish): boolean {
  for (let seat = start; seat < start + wish.quantity; seat++) {
    if (!isWanted(layout, seat, wish)) return false
  }
  return true
}

function isWanted(
  layout: SeatLayout,
  seat: number,
  wish: Pick<BestWish, 'categoryCode' | 'isOpen'>,
): boolean {
  if (wish.categoryCode !== undefined && at(layout.categoryCode, seat) !== wish.categoryCode) return false
  return wish.isOpen(seat)
}

function leavesSingleSeat(layout: SeatLayout, start: number, { quantity, isOpen }: BestWish): boolean {
  const first = at(layout.runStart, start)
  const end = at(layout.runEnd, start)
  const isOpenInRun = (seat: number): boolean => seat >= first && seat < end && isOpen(seat)
  const after = start + quantity
  return (
    (isOpenInRun(start - 1) && !isOpenInRun(start - 2)) || (isOpenInRun(after) && !isOpenInRun(after + 1))
  )
}
