import type { SeatGeometry } from '@greenroom/contract'
import { seatNameAt } from '@greenroom/contract/plain'
import type { SeatBoard } from './seat-board.ts'
import type { SeatLook } from './seat-look.ts'
import { seatPlanOf } from './seat-plan.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'

/** What is needed to say something about a seat. */
export type SeatWords = {
  geometry: SeatGeometry
  labels: SeatMapLabels
  prices: ReadonlyMap<number, number>
  look: (ordinal: number) => SeatLook
  board: SeatBoard
}

export type SeatStory = {
  name: string
  category: string
  color: string
  price: string | undefined
  look: SeatLook
  state: string
  /** Where it looks at the stage from. */
  view: string
}

/** All there is to say about one seat, in the page's language. */
export function tellSeatStory(
  { geometry, labels, prices, look }: SeatWords,
  ordinal: number,
): SeatStory | undefined {
  const name = seatNameAt(geometry, ordinal)
  if (name === undefined) return undefined
  const code = geometry.categoryCode[ordinal] ?? 0
  const priceMinor = prices.get(code)
  return {
    name: labels.seat(name),
    category: labels.category(geometry, code),
    color: geometry.categories[code]?.color ?? 'currentColor',
    price: priceMinor === undefined ? undefined : labels.price(priceMinor),
    look: look(ordinal),
    state: labels.looks[look(ordinal)],
    view: labels.view(seatPlanOf(geometry).viewFrom(ordinal)),
  }
}

/** The same in one line, for those who listen. */
export function tellSeatLine(words: SeatWords, ordinal: number): string {
  const story = tellSeatStory(words, ordinal)
  if (story === undefined) return ''
  const { name, category, price, view, state } = story
  return [name, category, price, view, state].filter(Boolean).join(', ')
}
