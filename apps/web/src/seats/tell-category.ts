import type { SeatPlan } from '../seat-map/index.ts'
import { tellCategoryName } from '../text/categories.ts'

/** A class of a plan as fans read it. */
export function tellCategory({ geometry: { categories } }: SeatPlan, code: number): string {
  return tellCategoryName(categories[code]?.name ?? '', categories)
}
