import type { BestWish } from './best-seats.ts'
import { at, type SeatLayout } from './seat-layout.ts'

type Where = Pick<BestWish, 'categoryCode' | 'section'>

/**
 * Which open seats may go into a group for that wish. Nobody is given a wheelchair space, a companion seat or a restricted
 * view unasked: for those their category is named. Whoever asks for wheelchair spaces gets companion seats beside them.
 * Standing places are given to who names their category or their section.
 */
export function wantedSeats(
  layout: SeatLayout,
  wish: Where & Pick<BestWish, 'isOpen'>,
): (seat: number) => boolean {
  const { kinds, categoryCode, sectionIndex, sectionNames } = layout
  const takesStanding = isStanding(layout, wish)
  const section = wish.section === undefined ? undefined : sectionNames.indexOf(wish.section)
  const takesCategory = (code: number): boolean => {
    const kind = kinds[code]
    if (wish.categoryCode === undefined) return kind === undefined || (kind === 'standing' && takesStanding)
    return code === wish.categoryCode || (kind === 'companion' && kinds[wish.categoryCode] === 'accessible')
  }
  return (seat) =>
    (section === undefined || at(sectionIndex, seat) === section) &&
    takesCategory(at(categoryCode, seat)) &&
    wish.isOpen(seat)
}

/** Whether the wish is for places in a crowd. A section stands when its first place does. */
export function isStanding(layout: SeatLayout, { categoryCode, section }: Where): boolean {
  if (categoryCode !== undefined) return layout.kinds[categoryCode] === 'standing'
  if (section === undefined) return false
  const first = layout.sectionIndex.indexOf(layout.sectionNames.indexOf(section))
  return first >= 0 && layout.kinds[at(layout.categoryCode, first)] === 'standing'
}
