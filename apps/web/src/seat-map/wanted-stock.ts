import type { Scene } from './scene.ts'
import { seatPlanOf } from './seat-plan.ts'

/** What a section has of the categories that the fan wants to see. */
export type WantedStock = {
  /** `undefined` while nothing is known, and where the section has none of those categories: it is not sold out of them. */
  left: number | undefined
  minPriceMinor: number | undefined
}

export function readWantedStock(
  scene: Pick<Scene, 'board' | 'geometry' | 'marks'>,
  { priceMinor }: { priceMinor: (category: number) => number | undefined },
  section: number,
): WantedStock {
  const { board, geometry, marks } = scene
  const wanted = [...seatPlanOf(geometry).categoriesIn(section)].filter(
    (category) => marks.categoryFilter?.has(category) !== false,
  )
  if (!board.isKnown() || wanted.length === 0) return { left: undefined, minPriceMinor: undefined }
  const available = wanted.filter((category) => board.stock.count(section, category) > 0)
  const prices = available.map((category) => priceMinor(category) ?? Infinity)
  return {
    left: available.reduce((sum, category) => sum + board.stock.count(section, category), 0),
    minPriceMinor: prices.length === 0 ? undefined : Math.min(...prices),
  }
}
