import { singleSeatsBeside } from '@greenroom/contract'
import { at, groupDistance, rankedStarts, type SeatLayout } from './seat-layout.ts'
import { isStanding, wantedSeats } from './wanted-seats.ts'

export type BestWish = {
  quantity: number
  categoryCode?: number | undefined
  /** By name. */
  section?: string | undefined
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
 * nearly equal best ones is chance, so that a crowd does not run into one another. Standing places need no neighbours,
 * only one section.
 */
export function chooseBestSeats(layout: SeatLayout, wish: BestWish): number[] | undefined {
  return isStanding(layout, wish) ? chooseStanding(layout, wish) : chooseSeated(layout, wish)
}

/** The longest stretch of open neighbours there is (standing: of one section), for telling what could be had instead. */
export function longestOpenRun(
  layout: SeatLayout,
  wish: Pick<BestWish, 'categoryCode' | 'section' | 'isOpen'>,
): number {
  const isWanted = wantedSeats(layout, wish)
  const areApart = isStanding(layout, wish)
  const groups = areApart ? layout.sectionIndex : layout.runStart
  let longest = 0
  let length = 0
  for (let seat = 0; seat < layout.seatCount; seat++) {
    if (seat === 0 || at(groups, seat) !== at(groups, seat - 1)) length = 0
    if (isWanted(seat)) length += 1
    else if (!areApart) length = 0
    longest = Math.max(longest, length)
  }
  return longest
}

function chooseSeated(layout: SeatLayout, wish: BestWish): number[] | undefined {
  const isWanted = wantedSeats(layout, wish)
  const near: number[] = []
  let bestDistance: number | undefined
  let leavingGap: number | undefined
  for (const start of rankedStarts(layout, wish.quantity)) {
    const group = { start, end: start + wish.quantity }
    if (!isGroupWanted(layout, wish, group, isWanted)) continue
    if (singleSeatsBeside(layout, group, wish.isOpen).length > 0) {
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

/** All of it, and not companion seats alone. */
function isGroupWanted(
  { categoryCode }: SeatLayout,
  wish: BestWish,
  { start, end }: { start: number; end: number },
  isWanted: (seat: number) => boolean,
): boolean {
  let hasNamed = wish.categoryCode === undefined
  for (let seat = start; seat < end; seat++) {
    if (!isWanted(seat)) return false
    hasNamed ||= at(categoryCode, seat) === wish.categoryCode
  }
  return hasNamed
}

/** Of the first section with room for all: from among its lowest numbers, so that a crowd does not want the same ones. */
function chooseStanding(layout: SeatLayout, wish: BestWish): number[] | undefined {
  const { quantity, choices, random } = wish
  const isWanted = wantedSeats(layout, wish)
  let pool: number[] = []
  for (let seat = 0; seat < layout.seatCount && pool.length < choices * quantity; seat++) {
    if (seat > 0 && at(layout.sectionIndex, seat) !== at(layout.sectionIndex, seat - 1)) {
      if (pool.length >= quantity) break
      pool = []
    }
    if (isWanted(seat)) pool.push(seat)
  }
  if (pool.length < quantity) return undefined
  const first = Math.floor(random() * (pool.length - quantity + 1))
  return pool.slice(first, first + quantity)
}
